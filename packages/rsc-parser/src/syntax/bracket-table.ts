import type { ProblemList } from './problem-list.js'
import { TokenKind } from './token.js'

/** Pairs brackets while the lexer reads: which are open, and where the content of each ends. */
export class BracketTable {
  /** Kind of the innermost open bracket, 0 when none is open. */
  top = 0
  openers: Uint32Array<ArrayBuffer> = new Uint32Array(64)
  closers: Uint32Array<ArrayBuffer> = new Uint32Array(64)
  count = 0
  readonly #problems: ProblemList
  readonly #limit: number
  /** Open brackets: their slot in `openers`, their kind, their offset. */
  readonly #slots: number[] = []
  readonly #kinds: number[] = []
  readonly #offsets: number[] = []
  /** How many `[` and `(` were open when each open `{` began: a `]` never closes across a `{`. */
  readonly #savedBrackets: number[] = []
  readonly #savedParens: number[] = []
  #openBrackets = 0
  #openParens = 0
  #openBraces = 0

  /** @param limit most brackets there can be: the length of the source. */
  constructor(problems: ProblemList, limit: number) {
    this.#problems = problems
    this.#limit = limit
  }

  open(kind: number, token: number, offset: number): void {
    if (this.count === this.openers.length) this.#grow()
    this.openers[this.count] = token
    this.#slots.push(this.count)
    this.#kinds.push(kind)
    this.#offsets.push(offset)
    this.count++
    this.top = kind
    if (kind === TokenKind.OpenBrace) {
      this.#savedBrackets.push(this.#openBrackets)
      this.#savedParens.push(this.#openParens)
      this.#openBrackets = 0
      this.#openParens = 0
      this.#openBraces++
    } else if (kind === TokenKind.OpenBracket) this.#openBrackets++
    else this.#openParens++
  }

  /** Closes the innermost bracket of a kind; brackets opened later inside it count as cut off. False if none is open. */
  close(opener: number, token: number, offset: number): boolean {
    const open =
      opener === TokenKind.OpenBrace
        ? this.#openBraces
        : opener === TokenKind.OpenBracket
          ? this.#openBrackets
          : this.#openParens
    if (open === 0) {
      this.#problems.add(
        'unexpected-closing-bracket',
        offset,
        offset + 1,
        'No bracket is open that this one could close.',
      )
      return false
    }
    while (this.top !== opener) this.#cutOff(token)
    this.#pop(token)
    return true
  }

  /** Ends the `[` and `(` that are open inside the innermost `{`. */
  cutOffExpressions(token: number): void {
    while (this.top === TokenKind.OpenParen || this.top === TokenKind.OpenBracket) this.#cutOff(token)
  }

  /** Ends everything at the end of the source. */
  cutOffAll(token: number): void {
    while (this.top !== 0) this.#cutOff(token)
  }

  #cutOff(token: number): void {
    const offset = this.#offsets[this.#offsets.length - 1] ?? 0
    this.#problems.add('unclosed-bracket', offset, offset + 1, 'This bracket is never closed.')
    this.#pop(token)
  }

  #pop(token: number): void {
    this.closers[this.#slots.pop() ?? 0] = token
    this.#offsets.pop()
    const kind = this.#kinds.pop()
    if (kind === TokenKind.OpenBrace) {
      this.#openBraces--
      this.#openBrackets = this.#savedBrackets.pop() ?? 0
      this.#openParens = this.#savedParens.pop() ?? 0
    } else if (kind === TokenKind.OpenBracket) this.#openBrackets--
    else this.#openParens--
    this.top = this.#kinds[this.#kinds.length - 1] ?? 0
  }

  #grow(): void {
    const size = Math.min(Math.ceil(this.openers.length * 1.5) + 64, this.#limit + 1)
    const openers = new Uint32Array(size)
    openers.set(this.openers)
    this.openers = openers
    const closers = new Uint32Array(size)
    closers.set(this.closers)
    this.closers = closers
  }
}
