import { buildValue, readPiece, readWord } from './build-value.js'
import type { ArgumentNode, CommandNode, StatementNode, ValueNode, WordNode } from './node.js'
import { TokenKind } from './token.js'
import { afterPiece, isSeparator } from './token-walk.js'
import type { Tree } from './tree.js'

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
