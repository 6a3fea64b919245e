import { type DecodedString, decodeString } from '../text/escape.js'
import type { SourceRange } from '../text/source-range.js'
import { CharacterBit, hasBit } from './character-class.js'
import type { StringNode, StringPart, VariableNode } from './node.js'
import { findClosingOutsideCode, skipEscape } from './scan-string.js'
import type { Tree } from './tree.js'

/** A quoted string that is decoded, and cut into parts, when asked. */
export class LazyString implements StringNode {
  readonly kind = 'string'
  readonly range: SourceRange
  readonly terminated: boolean
  readonly #tree: Tree
  #decoded: DecodedString | undefined
  #parts: readonly StringPart[] | undefined

  constructor(tree: Tree, range: SourceRange, terminated: boolean) {
    this.#tree = tree
    this.range = range
    this.terminated = terminated
  }

  get value(): string {
    return this.#decode().value
  }

  get invalidEscapes(): readonly number[] {
    return this.#decode().invalidEscapes
  }

  get constant(): boolean {
    const { start, end } = this.#inner
    const { source } = this.#tree
    for (let i = start; i < end; i++) {
      const c = source.charCodeAt(i)
      if (c === 92) i++
      else if (c === 36 && beginsCode(source, i + 1)) return false
    }
    return true
  }

  get parts(): readonly StringPart[] {
    this.#parts ??= splitString(this.#tree, this.#inner)
    return this.#parts
  }

  #decode(): DecodedString {
    const { start, end } = this.#inner
    this.#decoded ??= decodeString(this.#tree.source, start, end, this.#tree.encoding)
    return this.#decoded
  }

  get #inner(): SourceRange {
    return { start: this.range.start + 1, end: this.terminated ? this.range.end - 1 : this.range.end }
  }
}

/** The node of `$name` or `$"name"`. */
export function variableNode(source: string, range: SourceRange, encoding: 'text' | 'bytes'): VariableNode {
  const isQuoted = source.charCodeAt(range.start + 1) === 34
  const name = isQuoted
    ? decodeString(source, range.start + 2, range.end - 1, encoding).value
    : source.slice(range.start + 1, range.end)
  return { kind: 'variable', range, name }
}

function beginsCode(source: string, offset: number): boolean {
  const c = source.charCodeAt(offset)
  return hasBit(c, CharacterBit.Name) || c === 34 || c === 40 || c === 91
}

/** Cuts the inside of a string into text, variables and embedded code. */
function splitString(tree: Tree, inner: SourceRange): StringPart[] {
  const { source, encoding } = tree
  const parts: StringPart[] = []
  let plain = inner.start
  let i = inner.start
  const flush = (to: number) => {
    if (to === plain) return
    const { value } = decodeString(source, plain, to, encoding)
    parts.push({ kind: 'text', range: { start: plain, end: to }, value })
  }
  while (i < inner.end) {
    const c = source.charCodeAt(i)
    if (c === 92) {
      i = skipEscape(source, i, inner.end)
      continue
    }
    const end = c === 36 ? endOfEmbedded(source, i, inner.end) : i + 1
    if (c !== 36 || end === i + 1) {
      i++
      continue
    }
    const part = embeddedPart(tree, { start: i, end })
    if (part !== undefined) {
      flush(i)
      parts.push(part)
      plain = end
    }
    i = end
  }
  flush(inner.end)
  return parts
}

function embeddedPart(tree: Tree, range: SourceRange): StringPart | undefined {
  const opens = tree.source.charCodeAt(range.start + 1)
  if (opens !== 91 && opens !== 40) return variableNode(tree.source, range, tree.encoding)
  const code = tree.embedded({ start: range.start + 1, end: range.end })
  const statement = code.statementCount > 0 ? code.statement(0) : undefined
  const node = statement?.kind === 'command' ? statement.arguments[0]?.value : undefined
  return node?.kind === 'substitution' || node?.kind === 'group' ? node : undefined
}

/** Offset behind `$name`, `$"name"`, `$[...]` or `$(...)`; one past the `$` when it is only a character. */
function endOfEmbedded(source: string, dollar: number, end: number): number {
  const next = source.charCodeAt(dollar + 1)
  if (dollar + 1 >= end) return dollar + 1
  if (next === 91 || next === 40) {
    const close = findClosingOutsideCode(source, dollar + 2, end, next === 91 ? 93 : 41, false)
    return close < 0 ? dollar + 1 : close + 1
  }
  let i = dollar + 1
  while (i < end && hasBit(source.charCodeAt(i), CharacterBit.Name)) i++
  return i
}
