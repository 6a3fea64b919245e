import type { ExpressionNode, WordNode } from './node.js'
import { TokenKind } from './token.js'
import type { Tree } from './tree.js'

/** Reads the operand that begins at a token: the node, and the first token behind it. */
export type ReadOperand = (
  tree: Tree,
  token: number,
  end: number,
) => { readonly node: ExpressionNode; readonly next: number }

/**
 * What two operands with nothing between them mean: a `list` as in `($f 1 2)`, or `and` as in
 * `find where disabled name=x`.
 */
export type Juxtaposition = 'list' | 'and'

/**
 * Binding strength of the binary operators, higher binds tighter.
 * Assumption: the manual gives no table. `.` and `,` bind weaker than arithmetic and tighter than comparisons.
 */
const binaryPrecedence: Readonly<Record<string, number>> = {
  '||': 1,
  or: 1,
  '&&': 2,
  and: 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '=': 6,
  '!=': 6,
  '~': 6,
  in: 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  ',': 8,
  '.': 9,
  '<<': 10,
  '>>': 10,
  '+': 11,
  '-': 11,
  '*': 12,
  '/': 12,
  '%': 12,
  '->': 14,
}
const unaryPrecedence = 13
const unaryOperators = new Set(['!', '-', '~', '+', 'not', '>'])
const wordOperators = new Set(['and', 'or', 'in', 'not'])

interface PendingOperator {
  readonly text: string
  readonly precedence: number
  readonly unary: boolean
  readonly start: number
}

/**
 * Parses tokens as an expression with operator precedence. Never fails: a missing operand becomes an empty
 * word. Iterative, so neither long nor deep input exhausts the stack.
 *
 * @returns `undefined` when there is nothing but blanks.
 */
export function parseExpressionTokens(
  tree: Tree,
  first: number,
  end: number,
  readOperand: ReadOperand,
  juxtaposition: Juxtaposition,
): ExpressionNode | undefined {
  const items: ExpressionNode[] = []
  const operands: ExpressionNode[] = []
  const pending: PendingOperator[] = []
  let needsOperand = true
  let token = first

  const reduce = (downTo: number) => {
    while (pending.length > 0) {
      const operator = pending[pending.length - 1]
      if (operator === undefined || operator.precedence < downTo) return
      pending.pop()
      const right = operands.pop() ?? emptyWord(operator.start)
      if (operator.unary) {
        const range = { start: operator.start, end: right.range.end }
        operands.push({ kind: 'unary', range, operator: operator.text, operand: right })
      } else {
        const left = operands.pop() ?? emptyWord(operator.start)
        const range = { start: left.range.start, end: Math.max(right.range.end, left.range.end) }
        operands.push({ kind: 'binary', range, operator: operator.text, left, right })
      }
    }
  }
  const pushBinary = (text: string, start: number) => {
    const precedence = binaryPrecedence[text] ?? 6
    reduce(precedence)
    pending.push({ text, precedence, unary: false, start })
    needsOperand = true
  }

  while (token < end) {
    const kind = tree.tokenKind(token)
    if (isTrivia(kind)) {
      token++
      continue
    }
    const text = kind === TokenKind.Word ? tree.tokenText(token) : ''
    const isOperator =
      kind === TokenKind.Operator ||
      kind === TokenKind.Equals ||
      (kind === TokenKind.Word && wordOperators.has(text) && (!needsOperand || text === 'not'))
    if (isOperator) {
      const operator = kind === TokenKind.Word ? text : tree.tokenText(token)
      const start = tree.tokenStart(token)
      if (needsOperand && unaryOperators.has(operator)) {
        pending.push({ text: operator, precedence: unaryPrecedence, unary: true, start })
      } else if (!needsOperand && operator === '!') {
        if (juxtaposition === 'and') pushBinary('and', start)
        else finishItem()
        pending.push({ text: operator, precedence: unaryPrecedence, unary: true, start })
        needsOperand = true
      } else {
        if (needsOperand) operands.push(emptyWord(start))
        pushBinary(operator, start)
      }
      token++
      continue
    }
    const { node, next } = readOperand(tree, token, end)
    if (!needsOperand) {
      if (juxtaposition === 'and') pushBinary('and', node.range.start)
      else finishItem()
    }
    operands.push(node)
    needsOperand = false
    token = Math.max(next, token + 1)
  }
  if (needsOperand && pending.length > 0) operands.push(emptyWord(tree.tokenStart(end)))
  finishItem()
  const [only] = items
  if (items.length <= 1) return only
  const last = items[items.length - 1]
  return {
    kind: 'list',
    range: { start: only?.range.start ?? 0, end: last?.range.end ?? 0 },
    items,
  }

  function finishItem(): void {
    reduce(0)
    const item = operands.pop()
    operands.length = 0
    if (item !== undefined) items.push(item)
  }
}

function isTrivia(kind: TokenKind | undefined): boolean {
  return (
    kind === TokenKind.Whitespace ||
    kind === TokenKind.Newline ||
    kind === TokenKind.Continuation ||
    kind === TokenKind.Comment ||
    kind === TokenKind.Semicolon
  )
}

function emptyWord(offset: number): WordNode {
  return { kind: 'word', range: { start: offset, end: offset }, text: '' }
}
