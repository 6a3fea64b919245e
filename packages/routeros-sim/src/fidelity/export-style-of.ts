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
  const longest = Math.max(
    0,
    ...physical.filter((line) => !line.startsWith('#')).map((line) => line.replace(/\r$/, '').length),
  )
  const width = longest <= 79 ? 80 : longest + 1
  return { verbose: isVerboseExport(logical), terse, width: width > 80 && width < 400 ? width : 80 }
}
