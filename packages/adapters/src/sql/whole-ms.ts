/**
 * A time as the databases keep it. Clocks may count fractions of a millisecond; a column of whole numbers refuses them
 * on PostgreSQL and would keep them on SQLite.
 */
export function wholeMs(ms: number): number {
  return Math.floor(ms)
}
