/**
 * A stretch of the source, `start` inclusive and `end` exclusive.
 * Offsets are 0-based and count UTF-16 code units of the parsed text, or bytes for a tree of `parseBytes`.
 */
export interface SourceRange {
  readonly start: number
  readonly end: number
}

/** A place as people count it: `line` and `column` are 1-based; the column counts what offsets count. */
export interface SourcePosition {
  readonly line: number
  readonly column: number
}
