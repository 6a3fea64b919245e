/** The screen widths for which an exporter leaves a line as it is: from `least` on, and at most `most`. */
export interface LineWidths {
  readonly least: number
  readonly most: number
  /** The narrowest width at which nothing would have been broken here. */
  readonly whole: number
}

/** Columns that an exporter leaves free behind a whole line. */
const FREE = 3

/**
 * Measures the lines of an export. A broken line leaves one column free, and two behind the name of a property. What the
 * next line begins with had no room: all of it, or not even its name. Line feeds of strings break lines at any width.
 */
export function lineWidths(lines: readonly string[]): LineWidths[] {
  let isQuoted = false
  return lines.map((line, index) => {
    const wasQuoted = isQuoted
    const quotes = line.replace(/\\./g, '').split('"').length - 1
    const isBroken = line.endsWith('\\')
    isQuoted = isBroken && isQuoted !== (quotes % 2 === 1)
    const isBehindName = !isQuoted && line.endsWith('=\\')
    // The end of a broken string may take a column more.
    const least = wasQuoted ? 0 : line.length + (isBehindName ? 2 : isBroken ? 1 : FREE)
    const next = lines[index + 1] ?? ''
    // A string is broken where the screen ends; an escape sequence stays whole.
    if (isQuoted) {
      const most = /^ {4}\\n/.test(next) ? Number.POSITIVE_INFINITY : line.length + 1 + 3
      return { least, most, whole: Number.POSITIVE_INFINITY }
    }
    const word = /^ {4}((?:"(?:\\.|[^"\\])*"|[^"\\ ])+)(?= |$)/.exec(next)?.[1]
    if (word === undefined || !(isBehindName || line.endsWith(' \\'))) {
      return { least, most: Number.POSITIVE_INFINITY, whole: Number.POSITIVE_INFINITY }
    }
    const before = line.length - 1 + FREE
    const name = isBehindName ? word : (/^[^="]*=?/.exec(word)?.[0] ?? word)
    return { least, most: before + name.length - 1, whole: before + word.length }
  })
}
