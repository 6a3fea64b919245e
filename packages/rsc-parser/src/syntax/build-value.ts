import type { SourceRange } from '../text/source-range.js'
import { LazyString, variableNode } from './lazy-string.js'
import type {
  ArrayElementNode,
  BlockNode,
  CompoundNode,
  ExpressionNode,
  GroupNode,
  OperatorNode,
  StatementNode,
  SubstitutionNode,
  ValueNode,
  WordNode,
} from './node.js'
import { type Juxtaposition, parseExpressionTokens } from './parse-expression.js'
import { TokenKind } from './token.js'
import { afterPiece, closingKind, isPiece } from './token-walk.js'
import type { Tree } from './tree.js'

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

/** The value made of all tokens of a stretch without blanks; several pieces become a compound. */
export function buildValue(tree: Tree, firstToken: number, endToken: number): ValueNode | undefined {
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

/** One piece of a value: a word, a string, a variable or a bracket with all that is in it. */
export function readPiece(tree: Tree, token: number, endToken: number): { node: ValueNode; next: number } {
  const kind = tree.tokenKind(token)
  const range = { start: tree.tokenStart(token), end: tree.tokenEnd(token) }
  switch (kind) {
    case TokenKind.String:
    case TokenKind.UnterminatedString:
      return { node: new LazyString(tree, range, kind === TokenKind.String), next: token + 1 }
    case TokenKind.Variable:
      return { node: variableNode(tree.source, range, tree.encoding), next: token + 1 }
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
export function readWord(tree: Tree, firstToken: number, endToken: number): { node: WordNode; next: number } {
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
      if (start >= 0) statements.push(tree.statementOf(start, token))
      start = -1
      if (kind === TokenKind.Comment) statements.push(tree.statementOf(token, token + 1))
      token++
      continue
    }
    if (start < 0 && kind !== TokenKind.Whitespace && kind !== TokenKind.Continuation) start = token
    token = afterPiece(tree, token, endToken)
  }
  if (start >= 0) statements.push(tree.statementOf(start, endToken))
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
