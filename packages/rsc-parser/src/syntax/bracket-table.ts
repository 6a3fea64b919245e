import type { ProblemList } from './problem-list.js'
import { TokenKind } from './token.js'

/** Stands for "no bracket is open" where a slot is expected. */
const none = 0xffffffff

/**
 * Pairs brackets while the lexer reads: which are open, and where the content of each ends.
 * The stack of open brackets lives in the arrays of the result: as long as a bracket is open, its entry in
 * `closers` holds the slot of the bracket around it. So a megabyte of `[` costs nine bytes a bracket.
 */
export class BracketTable {
  /** Kind of the innermost open bracket, 0 when none is open. */
  top = 0
  /** Token index per bracket, ascending. */
  openers: Uint32Array<ArrayBuffer> = new Uint32Array(64)
  /** Token index where the content of each bracket ends. */
  closers: Uint32Array<ArrayBuffer> = new Uint32Array(64)
  count = 0
  readonly #problems: ProblemList
  readonly #limit: number
  #kinds = new Uint8Array(64)
  #topSlot = none
  /** How many `[` and `(` were open when each open `{` began: a `]` never closes across a `{`. */
  #saved = new Uint32Array(64)
  #openBrackets = 0
  #openParens = 0
  #openBraces = 0

  /** @param limit most brackets there can be: the length of the source. */
  constructor(problems: ProblemList, limit: number) {
    this.#problems = problems
    this.#limit = limit
  }

  /** Notes an opening bracket, which is the given token. */
  open(kind: number, token: number): void {
    if (this.count === this.openers.length) this.#grow()
    this.openers[this.count] = token
    this.closers[this.count] = this.#topSlot
    this.#kinds[this.count] = kind
    this.#topSlot = this.count
    this.count++
    this.top = kind
    if (kind === TokenKind.OpenBrace) {
      const at = this.#openBraces * 2
      if (at === this.#saved.length) this.#saved = resized(this.#saved, at * 2)
      this.#saved[at] = this.#openBrackets
      this.#saved[at + 1] = this.#openParens
      this.#openBrackets = 0
      this.#openParens = 0
      this.#openBraces++
    } else if (kind === TokenKind.OpenBracket) this.#openBrackets++
    else this.#openParens++
  }

  /**
   * Closes the innermost bracket of a kind; brackets opened later inside it count as cut off.
   *
   * @param ends end offsets of the tokens so far.
   * @returns false when no such bracket is open.
   */
  close(opener: number, token: number, offset: number, ends: Uint32Array): boolean {
    const open =
      opener === TokenKind.OpenBrace
        ? this.#openBraces
        : opener === TokenKind.OpenBracket
          ? this.#openBrackets
          : this.#openParens
    if (open === 0) {
      const message = 'No bracket is open that this one could close.'
      this.#problems.add('unexpected-closing-bracket', offset, offset + 1, message)
      return false
    }
    while (this.top !== opener) this.#cutOff(token, ends)
    this.#pop(token)
    return true
  }

  /** Ends the `[` and `(` that are open inside the innermost `{`. */
  cutOffExpressions(token: number, ends: Uint32Array): void {
    while (this.top === TokenKind.OpenParen || this.top === TokenKind.OpenBracket) this.#cutOff(token, ends)
  }

  /** Ends everything at the end of the source. */
  cutOffAll(token: number, ends: Uint32Array): void {
    while (this.top !== 0) this.#cutOff(token, ends)
  }

  #cutOff(token: number, ends: Uint32Array): void {
    const end = ends[this.openers[this.#topSlot] ?? 0] ?? 1
    this.#problems.add('unclosed-bracket', end - 1, end, 'This bracket is never closed.')
    this.#pop(token)
  }

  #pop(token: number): void {
    const slot = this.#topSlot
    const kind = this.#kinds[slot]
    this.#topSlot = this.closers[slot] ?? none
    this.closers[slot] = token
    if (kind === TokenKind.OpenBrace) {
      this.#openBraces--
      this.#openBrackets = this.#saved[this.#openBraces * 2] ?? 0
      this.#openParens = this.#saved[this.#openBraces * 2 + 1] ?? 0
    } else if (kind === TokenKind.OpenBracket) this.#openBrackets--
    else this.#openParens--
    this.top = this.#topSlot === none ? 0 : (this.#kinds[this.#topSlot] ?? 0)
  }

  #grow(): void {
    const size = Math.min(Math.ceil(this.openers.length * 1.5) + 64, this.#limit + 1)
    this.openers = resized(this.openers, size)
    this.closers = resized(this.closers, size)
    const kinds = new Uint8Array(size)
    kinds.set(this.#kinds)
    this.#kinds = kinds
  }
}

function resized(array: Uint32Array, size: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(size)
  more.set(array)
  return more
}
