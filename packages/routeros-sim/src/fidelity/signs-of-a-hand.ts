import { unwrapLines } from '../export/unwrap-lines.js'
import { exportCommands, readHeader } from '../state/load-export.js'
import { lineWidths } from './line-widths.js'

const SECTION = /^\/[a-z0-9][a-z0-9 -]*$/
const COMMAND = /^(?:\/[a-z0-9][a-z0-9 -]* )?(?:add|set)(?: .*)?$/s

/** An export holds values only, and one that begins with a bracket is quoted. */
const EXPRESSION = /=[[({]/

/** A command without what stands in quotes. */
const unquoted = (command: string): string => command.replace(/"(?:\\.|[^"\\])*"/gs, '""')

function hasPropertiesOutOfOrder(text: string): boolean {
  for (const { values } of exportCommands(text)) {
    let before = ''
    for (const name of values.keys()) {
      if (name < before) return true
      before = name
    }
  }
  return false
}

/** True when a break was made though the screen has room for what follows: other lines are longer. */
function hasNeedlessBreaks(lines: readonly string[]): boolean {
  const widths = lineWidths(lines)
  const width = widths.reduce((most, { least }) => Math.max(most, least), 0)
  return widths.some(({ whole }) => whole <= width)
}

/**
 * What shows that a text is not as a router exported it: a person or a tool was at it. Only what no release of RouterOS
 * writes counts; a text without such signs can still have been changed.
 *
 * @param text byte string with LF line ends.
 */
export function signsOfAHand(text: string): string[] {
  const signs: string[] = []
  if (!text.startsWith('#') || readHeader(text.split('\n', 1)[0] ?? '').version === undefined) {
    signs.push('the header is not the first line')
  }
  const lines = unwrapLines(text)
  const commands = lines.filter((line) => !line.startsWith('#'))
  if (commands.some((line) => !SECTION.test(line) && !COMMAND.test(line))) {
    signs.push('a line that exports do not hold')
  }
  const bare = commands.map(unquoted)
  if (bare.some((line) => / {2}| $/.test(line))) signs.push('blanks that exports do not hold')
  if (/\\$/.test(text.trimEnd()) || bare.some((line) => line.replaceAll('""', '').includes('"'))) {
    signs.push('a command that is cut off')
  }
  if (bare.some((line) => /=(?: |$)/.test(line))) signs.push('a value that was taken out')
  if (bare.some((line) => EXPRESSION.test(line))) signs.push('an expression in place of a value')
  if (hasNeedlessBreaks(text.split('\n').filter((line) => !line.startsWith('#')))) {
    signs.push('a command that was changed and not broken again')
  }
  if (hasPropertiesOutOfOrder(text)) signs.push('properties out of order')
  return signs
}
