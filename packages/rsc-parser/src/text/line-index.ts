import type { SourcePosition } from './source-range.js'

/**
 * Turns offsets into lines and columns.
 * LF, CRLF and a lone CR end a line, as RouterOS accepts all three.
 */
export class LineIndex {
  readonly #starts: Uint32Array

  constructor(source: string) {
    const starts = [0]
    for (let i = 0; i < source.length; i++) {
      const c = source.charCodeAt(i)
      if (c === 10 || (c === 13 && source.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
    }
    this.#starts = Uint32Array.from(starts)
  }

  /** Number of lines; a text that ends in a line end has an empty last line. */
  get lineCount(): number {
    return this.#starts.length
  }

  /** The 1-based line and column of an offset; offsets past the end belong to the last line. */
  position(offset: number): SourcePosition {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 }
  }

  /** Offset of the first character of a 1-based line, or -1 when there is no such line. */
  lineStart(line: number): number {
    return this.#starts[line - 1] ?? -1
  }
}
