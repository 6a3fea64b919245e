import type { ArgumentNode, CommandNode, ExpressionNode, Problem, StatementNode } from '@tod/rsc-parser'
import { whereIndex } from './command-arguments.js'
import type { Execution } from './execution.js'
import { resolveCommand } from './resolve-command.js'
import { syntaxError } from './router-error.js'
import { positionIn, type ScriptSource } from './script-source.js'

/** Problems of the parser that a router refuses, with its words; others pass. */
const REFUSED: Partial<Record<Problem['code'], string>> = {
  'unterminated-string': 'expected closing quote',
  'unclosed-bracket': 'expected closing bracket',
  'unexpected-closing-bracket': 'syntax error',
  'unexpected-character': 'syntax error',
  'invalid-escape': 'syntax error',
  'missing-value': 'expected end of command',
  'comment-after-command': 'expected end of command',
  'not-configuration': 'syntax error',
  'console-prompt': 'syntax error',
}

/**
 * Refuses a text that cannot be read, before any of it runs: bad words, missing quotes, unknown commands and arguments.
 * @throws RouterError of kind `syntax`, at the first place.
 */
export function checkSource(source: ScriptSource, execution: Execution): void {
  const inner = { ...execution, source, place: { ...execution.place } }
  checkProblems(source, 0, source.text.length)
  checkStatements(source.tree.statements(), inner)
}

/** Refuses what the parser could not read between two offsets. */
export function checkProblems(source: ScriptSource, start: number, end: number): void {
  for (const { code, range } of source.tree.problems) {
    const text = REFUSED[code]
    if (text === undefined || range.start < start || range.start > end) continue
    const offset = code === 'missing-value' ? range.end : range.start
    throw syntaxError(text, positionIn(source, offset))
  }
}

/** Checks commands one after the other, following changes of the menu. */
export function checkStatements(statements: Iterable<StatementNode>, execution: Execution): void {
  for (const statement of statements) {
    if (statement.kind === 'command') checkCommand(statement, execution)
  }
}

function checkCommand(node: CommandNode, execution: Execution): void {
  const { router, source, place } = execution
  const resolved = resolveCommand(node, source, place.menu, router.catalog)
  if (resolved.kind === 'menu' && resolved.block !== undefined) {
    checkStatements(resolved.block.statements, { ...execution, place: { menu: resolved.menu } })
    return
  }
  if (resolved.kind === 'menu') {
    place.menu = resolved.menu
    return
  }
  const args = resolved.kind === 'value' ? node.arguments : node.arguments.slice(resolved.argumentIndex)
  const inner: Execution =
    resolved.kind === 'menu-command' ? { ...execution, place: { menu: resolved.menu } } : execution
  for (const argument of args) checkValue(argument, inner)
  if (resolved.kind !== 'menu-command') return
  const end = whereIndex(args)
  const plain: readonly ArgumentNode[] = end < 0 ? args : args.slice(0, end)
  router.checkArguments(resolved.menu, resolved.verb, plain, source)
}

function checkValue(argument: ArgumentNode, execution: Execution): void {
  if (argument.value !== undefined) checkExpression(argument.value, execution, argument.name?.text)
}

function checkExpression(node: ExpressionNode, execution: Execution, name?: string): void {
  const inner = (): Execution => ({ ...execution, place: { ...execution.place } })
  switch (node.kind) {
    case 'substitution':
      checkStatements(node.statements, inner())
      return
    case 'group':
      if (node.expression !== undefined) checkExpression(node.expression, execution)
      return
    case 'block':
      if (
        name === undefined ||
        name === 'do' ||
        name === 'else' ||
        name === 'on-error' ||
        name === 'command'
      ) {
        const isArray = name === undefined && !node.statements.some(looksLikeCommand)
        if (!isArray) checkStatements(node.statements, inner())
      }
      return
    case 'binary':
      checkExpression(node.left, execution)
      checkExpression(node.right, execution)
      return
    case 'unary':
      checkExpression(node.operand, execution)
      return
    default:
  }
}

/** A block without a name is an array unless one of its statements can only be a command. */
function looksLikeCommand(statement: StatementNode): boolean {
  if (statement.kind !== 'command') return false
  const word = statement.head[0]?.text ?? ''
  return word.startsWith(':') || word.startsWith('/')
}
