import { unwrapLines } from '../export/unwrap-lines.js'
import { isVerboseExport } from '../state/is-verbose-export.js'

/** How an export file was made, as far as its text shows. */
export interface FileStyle {
  readonly verbose: boolean
  readonly terse: boolean
  readonly width: number
}

/** Reads style and screen width off an export: terse when commands stand behind their path. */
export function exportStyleOf(text: string): FileStyle {
  const physical = text.split('\n')
  const logical = unwrapLines(text)
  const withPath = logical.filter((line) => /^\/\S.* (?:add|set)(?: |$)/.test(line)).length
  const bare = logical.filter((line) => /^(?:add|set)(?: |$)/.test(line)).length
  const terse = withPath > bare
  const wrapped = physical
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.endsWith('\\') && !line.startsWith('#'))
    .map((line) => line.length)
  const wide = wrapped.filter((length) => length > 79)
  const longest = Math.max(
    0,
    ...physical.filter((line) => !line.startsWith('#')).map((line) => line.trimEnd().length),
  )
  let width = 80
  if (wrapped.length === 0 && longest > 77) width = longest + 3
  else if (wide.length > 2 && wide.length > wrapped.length / 5) width = Math.max(...wide) + 1
  return { verbose: isVerboseExport(logical), terse, width }
}
