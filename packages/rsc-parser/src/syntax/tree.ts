import { LineIndex } from '../text/line-index.js'
import type { SourcePosition, SourceRange } from '../text/source-range.js'
import { lex } from './lexer.js'
import type { StatementNode } from './node.js'
import type { Problem } from './problem.js'
import type { Token, TokenKind } from './token.js'
import type { TreeArrays } from './tree-arrays.js'

/**
 * A lossless syntax tree. Tokens lie in flat arrays (about five bytes each); statement nodes are made when
 * asked for and not kept, so a tree of a 50 MB source stays small. Reading is safe in any order.
 */
export class Tree {
  readonly source: string
  readonly encoding: 'text' | 'bytes'
  /** The part of the source the tree covers; offsets are always those of the whole source. */
  readonly range: SourceRange
  readonly tokenCount: number
  readonly problems: readonly Problem[]
  readonly #arrays: TreeArrays
  readonly #buildStatement: (tree: Tree, firstToken: number, endToken: number) => StatementNode
  #lines: LineIndex | undefined

  /** Made by `parse`; the builder is handed in so that tokens and nodes do not import each other in a circle. */
  constructor(
    arrays: TreeArrays,
    buildStatement: (tree: Tree, firstToken: number, endToken: number) => StatementNode,
  ) {
    this.source = arrays.source
    this.encoding = arrays.encoding
    this.range = { start: arrays.start, end: arrays.end }
    this.tokenCount = arrays.tokenCount
    this.problems = arrays.problems
    this.#arrays = arrays
    this.#buildStatement = buildStatement
  }

  /** Kind of a token; indexes outside the tree give `undefined`. */
  tokenKind(index: number): TokenKind | undefined {
    return index >= 0 && index < this.tokenCount ? (this.#arrays.kinds[index] as TokenKind) : undefined
  }

  /** Offset where a token starts; the end of the range for an index past the last token. */
  tokenStart(index: number): number {
    if (index <= 0) return this.range.start
    return index > this.tokenCount ? this.range.end : (this.#arrays.ends[index - 1] ?? 0)
  }

  /** Offset behind a token's last character. */
  tokenEnd(index: number): number {
    return index < 0
      ? this.range.start
      : index >= this.tokenCount
        ? this.range.end
        : (this.#arrays.ends[index] ?? 0)
  }

  /** The characters of a token. */
  tokenText(index: number): string {
    return this.source.slice(this.tokenStart(index), this.tokenEnd(index))
  }

  /** All tokens as objects, in order; for tools and tests, not for speed. */
  *tokens(): IterableIterator<Token> {
    for (let i = 0; i < this.tokenCount; i++) {
      yield { kind: this.#arrays.kinds[i] as TokenKind, start: this.tokenStart(i), end: this.tokenEnd(i) }
    }
  }

  /** Number of top-level statements, comments and lines that are no configuration included. */
  get statementCount(): number {
    return this.#arrays.statementStarts.length
  }

  /** First token of a top-level statement; the token count for an index past the last. */
  statementStart(index: number): number {
    return this.#arrays.statementStarts[index] ?? this.tokenCount
  }

  /** A top-level statement as a node, built anew on each call. */
  statement(index: number): StatementNode {
    return this.#buildStatement(this, this.statementStart(index), this.statementStart(index + 1))
  }

  /** The node of any stretch of tokens taken as one statement; for what is nested in blocks and brackets. */
  statementOf(firstToken: number, endToken: number): StatementNode {
    return this.#buildStatement(this, firstToken, endToken)
  }

  /** A tree of one stretch of the source, such as code inside a string. Its offsets are those of the source. */
  embedded(range: SourceRange): Tree {
    const { source, encoding } = this
    return new Tree(lex(source, { encoding, start: range.start, end: range.end }), this.#buildStatement)
  }

  /** All top-level statements in order, each built when reached. */
  *statements(): IterableIterator<StatementNode> {
    for (let i = 0; i < this.statementCount; i++) yield this.statement(i)
  }

  /**
   * For an opening bracket the token index where its content ends: its closing bracket, or the token count or
   * the token that cut it off when it was never closed. For any other token the token itself.
   */
  closerOf(index: number): number {
    const openers = this.#arrays.openers
    let low = 0
    let high = openers.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const opener = openers[middle] ?? 0
      if (opener === index) return this.#arrays.closers[middle] ?? index
      if (opener < index) low = middle + 1
      else high = middle - 1
    }
    return index
  }

  /** Text of a range. */
  text(range: SourceRange): string {
    return this.source.slice(range.start, range.end)
  }

  /** Line and column of an offset; the line table is built on first use. */
  position(offset: number): SourcePosition {
    this.#lines ??= new LineIndex(this.source)
    return this.#lines.position(offset)
  }
}
