import { unwrapLines } from '../export/unwrap-lines.js'
import { isVerboseExport } from '../state/is-verbose-export.js'
import { lineWidths } from './line-widths.js'

/** How an export file was made, as far as its text shows. */
export interface FileStyle {
  readonly verbose: boolean
  readonly terse: boolean
  readonly width: number
}

/** Columns of a screen nobody has set, and of files. */
const USUAL_WIDTH = 80

/** So many lines that the usual width would not have broken tell of a narrow screen; fewer may be a mistake of anybody. */
const NARROW_BREAKS = 3

/** The width of a screen narrower than usual, if every line fits it and no break would have been made on a wider one. */
function narrowWidth(lines: readonly string[]): number | undefined {
  const { least, breaks } = lineWidths(lines)
  const early = breaks.filter(({ next }) => next <= USUAL_WIDTH)
  return early.length >= NARROW_BREAKS && early.every(({ next }) => next > least) ? least : undefined
}

/**
 * The screen width for which lines were broken: a broken line leaves one column, a whole one three. A file of which most
 * broken lines fit the usual width has that one, whatever somebody did to the others.
 */
function screenWidth(lines: readonly string[]): number {
  const isBroken = (line: string): boolean => line.endsWith('\\')
  // A line feed inside a string breaks the line at any width, and a short string that has one moves down whole.
  const isFed = (index: number): boolean => /^ {4}\\n/.test(lines[index + 1] ?? '')
  const broken = lines.filter(
    (line, index) => isBroken(line) && !isFed(index) && !(line.endsWith('=\\') && isFed(index + 1)),
  )
  const wide = broken.filter((line) => line.length >= USUAL_WIDTH)
  if (broken.length > 0 && wide.length <= broken.length / 2) return narrowWidth(lines) ?? USUAL_WIDTH
  return lines.reduce((width, line) => Math.max(width, line.length + (isBroken(line) ? 1 : 3)), USUAL_WIDTH)
}

/** Reads style and screen width off an export: terse when commands stand behind their path. */
export function exportStyleOf(text: string): FileStyle {
  const logical = unwrapLines(text)
  const withPath = logical.filter((line) => /^\/\S.* (?:add|set)(?: |$)/.test(line)).length
  const bare = logical.filter((line) => /^(?:add|set)(?: |$)/.test(line)).length
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trimEnd())
  return { verbose: isVerboseExport(logical), terse: withPath > bare, width: screenWidth(lines) }
}
