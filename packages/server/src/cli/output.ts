/** Where a command writes, so that it can be run in a test as on a terminal. */
export interface Output {
  /** Results: what a pipe should get. */
  readonly out: (text: string) => void
  /** Progress and hints for people. */
  readonly err: (text: string) => void
  readonly isTerminal: boolean
  /** Print JSON in place of tables. */
  readonly json: boolean
}

const widthOf = (rows: readonly (readonly string[])[], column: number): number =>
  Math.max(...rows.map((row) => row[column]?.length ?? 0))

/** An object in the names that HTTP uses: `droppedRevisions` is `dropped_revisions`. */
const inWireNames = (report: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(report).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )

/** Prints rows in columns for people, or the objects behind them as JSON for machines. */
export function printList<T extends object>(
  output: Output,
  items: readonly T[],
  columns: Readonly<Record<string, (item: T) => string>>,
): void {
  if (output.json) {
    output.out(`${JSON.stringify(items.map(inWireNames), undefined, 2)}\n`)
    return
  }
  const titles = Object.keys(columns)
  const rows = [titles, ...items.map((item) => Object.values(columns).map((cell) => cell(item)))]
  const widths = titles.map((_, column) => widthOf(rows, column))
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0))
    output.out(`${cells.join('  ').trimEnd()}\n`)
  }
}

/** Prints one object: `name: value` lines for people, JSON for machines. */
export function printObject(output: Output, report: object): void {
  const object = inWireNames(report)
  if (output.json) {
    output.out(`${JSON.stringify(object, undefined, 2)}\n`)
    return
  }
  const width = widthOf(
    Object.keys(object).map((name) => [name]),
    0,
  )
  for (const [name, value] of Object.entries(object)) {
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
    output.out(`${`${name}:`.padEnd(width + 1)} ${text}\n`)
  }
}

export const isoTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
