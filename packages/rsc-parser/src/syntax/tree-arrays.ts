import type { Problem } from './problem.js'

/** The arrays a tree stands on, as the lexer leaves them. */
export interface TreeArrays {
  readonly source: string
  /** `text`: characters of a string. `bytes`: one character per byte, made by `parseBytes`. */
  readonly encoding: 'text' | 'bytes'
  /** The part of the source that is read: all of it, or one stretch of embedded code. */
  readonly start: number
  readonly end: number
  readonly tokenCount: number
  /** Kind per token. */
  readonly kinds: Uint8Array
  /** End offset per token; a token starts where the one before ends. */
  readonly ends: Uint32Array
  /** Token indexes of opening brackets, ascending. */
  readonly openers: Uint32Array
  /** For each opener the token index where its content ends: its closing bracket, or what cut it off. */
  readonly closers: Uint32Array
  /** First token of each top-level statement, ascending. */
  readonly statementStarts: Uint32Array
  readonly problems: readonly Problem[]
}
