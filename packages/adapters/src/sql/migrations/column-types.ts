/** Types that the databases name differently, as they stand in `create table`. */
export interface ColumnTypes {
  /** Identifiers and everything that is sorted: by code point, not by the rules of a language. */
  readonly text: string
  readonly bytes: string
  /** Counts and times in ms: 64 bits. */
  readonly integer: string
  /** A number that the database gives to each row, ascending; the primary key. */
  readonly sequence: string
}
