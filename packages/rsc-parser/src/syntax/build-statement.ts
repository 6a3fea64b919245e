import { type DecodedString, decodeString } from '../text/escape.js'
import type { SourceRange } from '../text/source-range.js'
import { CharacterBit, hasBit } from './character-class.js'
import { lex } from './lexer.js'
import type {
  ArgumentNode,
  ArrayElementNode,
  BlockNode,
  CommandNode,
  CompoundNode,
  ExpressionNode,
  GroupNode,
  OperatorNode,
  StatementNode,
  StringNode,
  StringPart,
  SubstitutionNode,
  ValueNode,
  VariableNode,
  WordNode,
} from './node.js'
import { type Juxtaposition, parseExpressionTokens } from './parse-expression.js'
import { findClosingOutsideCode, skipEscape } from './scan-string.js'
import { TokenKind } from './token.js'
import { Tree } from './tree.js'

/** Builds the node of one statement from its tokens; trailing blanks and line ends are passed over. */
export function buildStatement(tree: Tree, firstToken: number, endToken: number): StatementNode {
  const kind = tree.tokenKind(firstToken)
  const range = { start: tree.tokenStart(firstToken), end: tree.tokenEnd(firstToken) }
  if (kind === TokenKind.Comment) return { kind: 'comment', range, text: tree.text(range).slice(1) }
  if (kind === TokenKind.Text || kind === TokenKind.Prompt) {
    return { kind: 'text', range, prompt: kind === TokenKind.Prompt }
  }
  return buildCommand(tree, firstToken, endToken)
}

/**
 * Parses tokens of a command as a condition, as behind `where`: `=`, `~`, `<` and the like compare, and operands
 * without an operator between them are joined by `and`.
 */
export function parseCondition(tree: Tree, firstToken: number, endToken: number): ExpressionNode | undefined {
  return parseExpression(tree, firstToken, endToken, 'and')
}

/** Parses any stretch of tokens as an expression, such as the arguments of `:return $a + 1`. */
export function parseExpression(
  tree: Tree,
  firstToken: number,
  endToken: number,
  juxtaposition: Juxtaposition = 'list',
): ExpressionNode | undefined {
  return parseExpressionTokens(tree, firstToken, endToken, readAdjacent, juxtaposition)
}

function buildCommand(tree: Tree, firstToken: number, endToken: number): CommandNode {
  const list: ArgumentNode[] = []
  const head: WordNode[] = []
  let inHead = true
  let token = firstToken
  while (token < endToken) {
    if (isSeparator(tree.tokenKind(token))) {
      token++
      continue
    }
    const next = endOfArgument(tree, token, endToken)
    const argument = buildArgument(tree, token, next)
    list.push(argument)
    inHead &&= argument.name === undefined && argument.value?.kind === 'word'
    if (inHead && argument.value?.kind === 'word') head.push(argument.value)
    token = next
  }
  const start = tree.tokenStart(firstToken)
  return {
    kind: 'command',
    range: { start, end: list[list.length - 1]?.range.end ?? tree.tokenEnd(firstToken) },
    absolute: head[0]?.text.startsWith('/') ?? false,
    head,
    arguments: list,
    firstToken,
    endToken,
  }
}

function isSeparator(kind: TokenKind | undefined): boolean {
  return (
    kind === TokenKind.Whitespace ||
    kind === TokenKind.Newline ||
    kind === TokenKind.Continuation ||
    kind === TokenKind.Semicolon ||
    kind === TokenKind.Comment ||
    kind === TokenKind.ByteOrderMark
  )
}

/** First token behind the argument: a blank, line end, `;` or comment outside of brackets. */
function endOfArgument(tree: Tree, firstToken: number, endToken: number): number {
  let token = firstToken
  while (token < endToken) {
    const kind = tree.tokenKind(token)
    if (kind !== TokenKind.Continuation && isSeparator(kind)) break
    token = afterPiece(tree, token, endToken)
  }
  return token
}

/** First token behind a token or, for an opening bracket, behind its content and closing bracket. */
function afterPiece(tree: Tree, token: number, endToken: number): number {
  const kind = tree.tokenKind(token)
  const closing = closingKind(kind)
  if (closing === undefined) return token + 1
  const closer = Math.min(tree.closerOf(token), endToken)
  return closer < endToken && tree.tokenKind(closer) === closing ? closer + 1 : Math.max(closer, token + 1)
}

function closingKind(kind: TokenKind | undefined): TokenKind | undefined {
  if (kind === TokenKind.OpenBrace) return TokenKind.CloseBrace
  if (kind === TokenKind.OpenBracket) return TokenKind.CloseBracket
  return kind === TokenKind.OpenParen ? TokenKind.CloseParen : undefined
}

const comparisons = new Set(['!=', '~', '<', '>', '<=', '>='])

function buildArgument(tree: Tree, firstToken: number, endToken: number): ArgumentNode {
  const kind = tree.tokenKind(firstToken)
  if (kind === TokenKind.Operator && tree.tokenText(firstToken) === '!') {
    if (tree.tokenKind(firstToken + 1) === TokenKind.Word && firstToken + 1 < endToken) {
      const { node, next } = readWord(tree, firstToken + 1, endToken)
      if (next >= endToken) return argument(tree, firstToken, endToken, node, undefined, undefined, true)
    }
  }
  if (kind === TokenKind.Word || kind === TokenKind.String) {
    const { node, next } = readPiece(tree, firstToken, endToken)
    if (next >= endToken) return argument(tree, firstToken, endToken, undefined, undefined, node, false)
    const operatorKind = tree.tokenKind(next)
    if (operatorKind === TokenKind.Equals || operatorKind === TokenKind.Operator) {
      const operator = operatorKind === TokenKind.Equals ? '=' : tree.tokenText(next)
      if (operator === '=' || (kind === TokenKind.Word && comparisons.has(operator))) {
        const name: WordNode =
          node.kind === 'word'
            ? node
            : { kind: 'word', range: node.range, text: node.kind === 'string' ? node.value : '' }
        const value = buildValue(tree, next + 1, endToken)
        return argument(tree, firstToken, endToken, name, operator, value, false)
      }
    }
  }
  const value = buildValue(tree, firstToken, endToken)
  return argument(tree, firstToken, endToken, undefined, undefined, value, false)
}

function argument(
  tree: Tree,
  firstToken: number,
  endToken: number,
  name: WordNode | undefined,
  operator: string | undefined,
  value: ValueNode | undefined,
  unset: boolean,
): ArgumentNode {
  const range = { start: tree.tokenStart(firstToken), end: endOfContent(tree, firstToken, endToken) }
  return { kind: 'argument', range, name, operator, value, unset, firstToken, endToken }
}

/** End offset of the last token that is no continuation. */
function endOfContent(tree: Tree, firstToken: number, endToken: number): number {
  let last = endToken - 1
  while (last > firstToken && tree.tokenKind(last) === TokenKind.Continuation) last--
  return tree.tokenEnd(last)
}

/** The value made of all tokens of a stretch without blanks; several pieces become a compound. */
function buildValue(tree: Tree, firstToken: number, endToken: number): ValueNode | undefined {
  if (firstToken + 1 === endToken && isPiece(tree.tokenKind(firstToken))) {
    return readPiece(tree, firstToken, endToken).node
  }
  const parts: (ValueNode | OperatorNode)[] = []
  let token = firstToken
  while (token < endToken) {
    const kind = tree.tokenKind(token)
    if (kind === TokenKind.Continuation) {
      token++
      continue
    }
    if (kind === TokenKind.Operator || kind === TokenKind.Equals) {
      const range = { start: tree.tokenStart(token), end: tree.tokenEnd(token) }
      parts.push({ kind: 'operator', range, text: tree.text(range) })
      token++
      continue
    }
    const { node, next } = readPiece(tree, token, endToken)
    parts.push(node)
    token = next
  }
  const [only] = parts
  if (parts.length <= 1) {
    if (only?.kind === 'operator') return { kind: 'word', range: only.range, text: only.text }
    return only
  }
  return compound(parts, firstToken, endToken)
}

function compound(
  parts: readonly (ValueNode | OperatorNode)[],
  firstToken: number,
  endToken: number,
): CompoundNode {
  const range = { start: parts[0]?.range.start ?? 0, end: parts[parts.length - 1]?.range.end ?? 0 }
  return { kind: 'compound', range, parts, firstToken, endToken }
}

/** An operand of an expression: all pieces that stand together without blank or operator. */
function readAdjacent(tree: Tree, firstToken: number, endToken: number): { node: ValueNode; next: number } {
  let { node, next } = readPiece(tree, firstToken, endToken)
  const parts: ValueNode[] = [node]
  while (next < endToken && isPiece(tree.tokenKind(next))) {
    const more = readPiece(tree, next, endToken)
    parts.push(more.node)
    next = more.next
  }
  if (parts.length > 1) node = compound(parts, firstToken, next)
  return { node, next }
}

function isPiece(kind: TokenKind | undefined): boolean {
  return (
    kind === TokenKind.Word ||
    kind === TokenKind.String ||
    kind === TokenKind.UnterminatedString ||
    kind === TokenKind.Variable ||
    kind === TokenKind.Dollar ||
    closingKind(kind) !== undefined
  )
}

function readPiece(tree: Tree, token: number, endToken: number): { node: ValueNode; next: number } {
  const kind = tree.tokenKind(token)
  const range = { start: tree.tokenStart(token), end: tree.tokenEnd(token) }
  switch (kind) {
    case TokenKind.String:
    case TokenKind.UnterminatedString:
      return { node: new LazyString(tree, range, kind === TokenKind.String), next: token + 1 }
    case TokenKind.Variable:
      return { node: variable(tree.source, range, tree.encoding), next: token + 1 }
    case TokenKind.Dollar: {
      const next = token + 1
      if (next < endToken && closingKind(tree.tokenKind(next)) !== undefined) {
        return { node: bracketed(tree, next, endToken), next: afterPiece(tree, next, endToken) }
      }
      break
    }
    case TokenKind.OpenBrace:
    case TokenKind.OpenBracket:
    case TokenKind.OpenParen:
      return { node: bracketed(tree, token, endToken), next: afterPiece(tree, token, endToken) }
  }
  return readWord(tree, token, endToken)
}

/** A bare word, its continuations joined; any other token is taken as a word of its own. */
function readWord(tree: Tree, firstToken: number, endToken: number): { node: WordNode; next: number } {
  let text = tree.tokenText(firstToken)
  let next = firstToken + 1
  let last = firstToken
  if (tree.tokenKind(firstToken) === TokenKind.Word) {
    while (next < endToken) {
      const kind = tree.tokenKind(next)
      if (kind === TokenKind.Word) {
        text += tree.tokenText(next)
        last = next
      } else if (kind !== TokenKind.Continuation) break
      next++
    }
  }
  const range = { start: tree.tokenStart(firstToken), end: tree.tokenEnd(last) }
  return { node: { kind: 'word', range, text }, next }
}

function variable(source: string, range: SourceRange, encoding: 'text' | 'bytes'): VariableNode {
  const isQuoted = source.charCodeAt(range.start + 1) === 34
  const name = isQuoted
    ? decodeString(source, range.start + 2, range.end - 1, encoding).value
    : source.slice(range.start + 1, range.end)
  return { kind: 'variable', range, name }
}

function bracketed(tree: Tree, opener: number, endToken: number): BlockNode | GroupNode | SubstitutionNode {
  const kind = tree.tokenKind(opener)
  if (kind === TokenKind.OpenBrace) return new LazyBlock(tree, opener, endToken)
  return kind === TokenKind.OpenParen
    ? new LazyGroup(tree, opener, endToken)
    : new LazySubstitution(tree, opener, endToken)
}

/** Cuts the content of a block or substitution into statements at line ends and `;`. */
function splitStatements(tree: Tree, firstToken: number, endToken: number): StatementNode[] {
  const statements: StatementNode[] = []
  let start = -1
  let token = firstToken
  while (token < endToken) {
    const kind = tree.tokenKind(token)
    if (kind === TokenKind.Newline || kind === TokenKind.Semicolon || kind === TokenKind.Comment) {
      if (start >= 0) statements.push(buildStatement(tree, start, token))
      start = -1
      if (kind === TokenKind.Comment) statements.push(buildStatement(tree, token, token + 1))
      token++
      continue
    }
    if (start < 0 && kind !== TokenKind.Whitespace && kind !== TokenKind.Continuation) start = token
    token = afterPiece(tree, token, endToken)
  }
  if (start >= 0) statements.push(buildStatement(tree, start, endToken))
  return statements
}

function splitElements(tree: Tree, firstToken: number, endToken: number): ArrayElementNode[] {
  const elements: ArrayElementNode[] = []
  let start = firstToken
  let token = firstToken
  while (token <= endToken) {
    if (token === endToken || tree.tokenKind(token) === TokenKind.Semicolon) {
      const element = buildElement(tree, start, token)
      if (element !== undefined) elements.push(element)
      start = token + 1
      token++
    } else token = afterPiece(tree, token, endToken)
  }
  return elements
}

function buildElement(tree: Tree, firstToken: number, endToken: number): ArrayElementNode | undefined {
  let token = firstToken
  while (token < endToken && tree.tokenKind(token) !== TokenKind.Equals)
    token = afterPiece(tree, token, endToken)
  const hasKey = token < endToken
  const value = parseExpression(tree, hasKey ? token + 1 : firstToken, endToken)
  const key = hasKey ? parseExpression(tree, firstToken, token) : undefined
  if (value === undefined && key === undefined) return undefined
  const start = key?.range.start ?? value?.range.start ?? tree.tokenStart(firstToken)
  const range = { start, end: value?.range.end ?? tree.tokenStart(endToken) }
  return key === undefined ? { range, value } : { range, key, value }
}

/** Common to the three kinds of brackets: where the content lies, and whether the closing bracket is there. */
class Bracketed {
  readonly range: SourceRange
  readonly closed: boolean
  protected readonly tree: Tree
  protected readonly first: number
  protected readonly last: number

  constructor(tree: Tree, opener: number, endToken: number) {
    const closer = Math.min(tree.closerOf(opener), endToken)
    this.closed = closer < endToken && tree.tokenKind(closer) === closingKind(tree.tokenKind(opener))
    this.tree = tree
    this.first = opener + 1
    this.last = closer
    this.range = {
      start: tree.tokenStart(opener),
      end: this.closed ? tree.tokenEnd(closer) : tree.tokenStart(Math.max(closer, opener + 1)),
    }
  }
}

class LazySubstitution extends Bracketed implements SubstitutionNode {
  readonly kind = 'substitution'
  #statements: readonly StatementNode[] | undefined

  get statements(): readonly StatementNode[] {
    this.#statements ??= splitStatements(this.tree, this.first, this.last)
    return this.#statements
  }
}

class LazyGroup extends Bracketed implements GroupNode {
  readonly kind = 'group'
  #expression: { readonly node: ExpressionNode | undefined } | undefined

  get expression(): ExpressionNode | undefined {
    this.#expression ??= { node: parseExpression(this.tree, this.first, this.last) }
    return this.#expression.node
  }
}

class LazyBlock extends Bracketed implements BlockNode {
  readonly kind = 'block'
  #statements: readonly StatementNode[] | undefined
  #elements: readonly ArrayElementNode[] | undefined

  get inner(): SourceRange {
    return { start: this.range.start + 1, end: this.closed ? this.range.end - 1 : this.range.end }
  }

  get statements(): readonly StatementNode[] {
    this.#statements ??= splitStatements(this.tree, this.first, this.last)
    return this.#statements
  }

  get elements(): readonly ArrayElementNode[] {
    this.#elements ??= splitElements(this.tree, this.first, this.last)
    return this.#elements
  }
}

class LazyString implements StringNode {
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
    flush(i)
    const opens = source.charCodeAt(i + 1)
    if (opens === 91 || opens === 40) {
      const code = new Tree(lex(source, { encoding, start: i + 1, end }), buildStatement)
      const node = bracketed(code, 0, code.tokenCount)
      if (node.kind !== 'block') parts.push(node)
    } else parts.push(variable(source, { start: i, end }, encoding))
    i = end
    plain = end
  }
  flush(inner.end)
  return parts
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
