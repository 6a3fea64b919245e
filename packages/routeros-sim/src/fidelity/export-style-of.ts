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

/** So many lines more than at the usual width have to fit at another; fewer may be a mistake of anybody. */
const TELLING_LINES = 3

/**
 * The screen width for which lines were broken: the one that fits most of them, whatever somebody did to the others. In
 * doubt it is the usual one.
 */
function screenWidth(lines: readonly string[]): number {
  const widths = lineWidths(lines)
  const misfits = (width: number): number =>
    widths.filter(({ least, most }) => width < least || width > most).length
  const broken = widths.filter(({ most }) => most < Number.POSITIVE_INFINITY)
  const isWide = broken.filter(({ least }) => least > USUAL_WIDTH).length >= broken.length / 2
  let best = { width: USUAL_WIDTH, misfits: misfits(USUAL_WIDTH) - (isWide ? 1 : TELLING_LINES) }
  for (const width of new Set(widths.map(({ least }) => least))) {
    const found = misfits(width)
    if (found < best.misfits || (found === best.misfits && best.width === USUAL_WIDTH))
      best = { width, misfits: found }
  }
  return best.width
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
