import type {
  ArgumentNode,
  ExpressionNode,
  OperatorNode,
  StatementNode,
  StringPart,
  Tree,
  ValueNode,
} from '../src/index.js'
import { TokenKind } from '../src/index.js'

const kindNames = new Map(Object.entries(TokenKind).map(([name, kind]) => [kind as number, name]))

/** Tokens as `Kind:text`, blanks and line ends visible. */
export function showTokens(tree: Tree): string[] {
  return [...tree.tokens()].map(
    (token) => `${kindNames.get(token.kind)}:${JSON.stringify(tree.text(token)).slice(1, -1)}`,
  )
}

/** A node in a short bracket notation that shows structure, not positions. */
export function show(
  node: StatementNode | ValueNode | ExpressionNode | ArgumentNode | StringPart | OperatorNode | undefined,
): string {
  if (node === undefined) return '<nothing>'
  switch (node.kind) {
    case 'comment':
      return `#${node.text}`
    case 'text':
      if ('value' in node) return JSON.stringify(node.value)
      return node.prompt ? '<prompt>' : '<text>'
    case 'command':
      return `{${node.arguments.map(show).join(' ')}}`
    case 'argument':
      if (node.unset) return `unset:${node.name?.text}`
      if (node.name === undefined) return show(node.value)
      return `${node.name.text}${node.operator}${node.value === undefined ? '' : show(node.value)}`
    case 'word':
      return node.text
    case 'string':
      return JSON.stringify(node.value)
    case 'variable':
      return `$${node.name}`
    case 'substitution':
      return `[${node.statements.map(show).join('; ')}]`
    case 'group':
      return `(${show(node.expression)})`
    case 'block':
      return `block${node.statements.map(show).join('; ')}`
    case 'compound':
      return `<${node.parts.map(show).join(' + ')}>`
    case 'operator':
      return node.text
    case 'unary':
      return `(${node.operator} ${show(node.operand)})`
    case 'binary':
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`
    case 'list':
      return `list(${node.items.map(show).join(', ')})`
  }
}
