/** Where a command was broken in front of a property or a value that the next line holds whole. */
export interface LineBreak {
  /** From this width on the name would have stayed on the line; the value, when the name did stay. */
  readonly next: number
  /** From this width on there would have been no break. */
  readonly whole: number
}

/** What the lines of an export tell of the screen for which it was broken. */
export interface LineWidths {
  /** The least width that holds all lines. */
  readonly least: number
  /** The breaks between words; not those inside strings, and at their line feeds. */
  readonly breaks: readonly LineBreak[]
}

/** Columns that an exporter leaves free behind a whole line. */
const FREE = 3

/** Measures the lines of an export: a broken one leaves one column free, and two behind the name of a property. */
export function lineWidths(lines: readonly string[]): LineWidths {
  const breaks: LineBreak[] = []
  let least = 0
  let isQuoted = false
  for (const [index, line] of lines.entries()) {
    const quotes = line.replace(/\\./g, '').split('"').length - 1
    const isBroken = line.endsWith('\\')
    const wasQuoted = isQuoted
    isQuoted = isBroken && isQuoted !== (quotes % 2 === 1)
    const isBehindName = !isQuoted && line.endsWith('=\\')
    // The end of a broken string may take a column more.
    if (!wasQuoted) least = Math.max(least, line.length + (isBehindName ? 2 : isBroken ? 1 : FREE))
    const word = /^ {4}((?:"(?:\\.|[^"\\])*"|[^"\\ ])+)(?= |$)/.exec(lines[index + 1] ?? '')?.[1]
    if (isQuoted || word === undefined || !(isBehindName || line.endsWith(' \\'))) continue
    const before = line.length - 1 + FREE
    const name = isBehindName ? word : (/^[^="]*=?/.exec(word)?.[0] ?? word)
    breaks.push({ next: before + name.length, whole: before + word.length })
  }
  return { least, breaks }
}
