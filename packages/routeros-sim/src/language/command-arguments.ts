import { type ArgumentNode, type CommandNode, type ExpressionNode, parseCondition } from '@tod/rsc-parser'
import { toPropertyText } from './convert-value.js'
import { evaluate } from './evaluate.js'
import type { Execution } from './execution.js'
import { RouterError, syntaxError } from './router-error.js'
import { positionIn } from './script-source.js'
import { type ScriptValue, str } from './script-value.js'

/** An argument whose value was computed. */
export interface GivenArgument {
  readonly name: string
  /** Absent for `!name`. */
  readonly value?: ScriptValue
}

/** A value without a name: an item, a flag word. `word` is its text when it was written bare. */
export interface PositionalArgument {
  readonly value: ScriptValue
  readonly word?: string
  readonly node: ArgumentNode
}

/** The evaluated arguments of one command. */
export class CommandArguments {
  readonly named: ReadonlyMap<string, GivenArgument>
  readonly positional: readonly PositionalArgument[]
  /** The condition after `where`, not evaluated. */
  readonly where: ExpressionNode | undefined
  readonly node: CommandNode

  constructor(
    node: CommandNode,
    named: ReadonlyMap<string, GivenArgument>,
    positional: readonly PositionalArgument[],
    where: ExpressionNode | undefined,
  ) {
    this.node = node
    this.named = named
    this.positional = positional
    this.where = where
  }

  value(name: string): ScriptValue | undefined {
    return this.named.get(name)?.value
  }

  /** The text of an argument as a property would store it. */
  text(name: string): string | undefined {
    const value = this.value(name)
    return value === undefined ? undefined : toPropertyText(value)
  }

  required(name: string): string {
    const text = this.text(name)
    if (text === undefined) throw new RouterError(`missing value(s) of argument(s) ${name}`)
    return text
  }

  isYes(name: string): boolean {
    return this.text(name) === 'yes'
  }

  /** The same with items that were asked for: numbers or names between commas. */
  withItems(text: string): CommandArguments {
    const named = new Map([...this.named, ['numbers', { name: 'numbers', value: str(text) }]])
    return new CommandArguments(this.node, named, this.positional, this.where)
  }

  /** True when the bare word stands among the arguments: `print detail`, `export terse`. */
  hasWord(word: string): boolean {
    return this.positional.some((argument) => argument.word === word)
  }
}

/** Argument names whose block is code, not an array; the value keeps the source. */
const CODE_ARGUMENTS: ReadonlySet<string> = new Set([
  'do',
  'else',
  'on-error',
  'source',
  'on-event',
  'on-up',
  'on-down',
  'script',
  'command',
  'up-script',
  'down-script',
  'test-script',
  'lease-script',
  'on-login',
  'on-logout',
  'on-backup',
  'on-master',
  'while',
])

/** Index of the `where` that ends the ordinary arguments; -1 when there is none. */
export function whereIndex(args: readonly ArgumentNode[]): number {
  return args.findIndex(
    ({ name, value, unset }) =>
      name === undefined && !unset && value?.kind === 'word' && value.text === 'where',
  )
}

/** The value of one argument: code stays code where the name says so. */
export async function argumentValue(argument: ArgumentNode, execution: Execution): Promise<ScriptValue> {
  const { name, value } = argument
  if (value === undefined) {
    throw syntaxError('expected end of command', positionIn(execution.source, argument.range.end))
  }
  if (value.kind === 'block' && (name === undefined || CODE_ARGUMENTS.has(name.text))) {
    const isLambda = name !== undefined
    return isLambda
      ? { type: 'code', source: execution.source, block: value, scope: execution.scope }
      : evaluate(value, execution)
  }
  if (value.kind === 'word' && name !== undefined) return { type: 'str', value: value.text }
  return evaluate(value, execution)
}

/** The condition that a run of arguments makes: those after `where`, or all that follow `find`. */
export function conditionOf(
  node: CommandNode,
  args: readonly ArgumentNode[],
  execution: Execution,
): ExpressionNode | undefined {
  const first = args[0]
  return first === undefined
    ? undefined
    : parseCondition(execution.source.tree, first.firstToken, node.endToken)
}

/** Evaluates the arguments of a menu command, in order. Elided names (`.mode=`) get their prefix back. */
export async function evaluateArguments(
  node: CommandNode,
  args: readonly ArgumentNode[],
  execution: Execution,
): Promise<CommandArguments> {
  const end = whereIndex(args)
  const plain = end < 0 ? args : args.slice(0, end)
  const named = new Map<string, GivenArgument>()
  const positional: PositionalArgument[] = []
  let group = ''
  for (const argument of plain) {
    if (argument.name === undefined) {
      const value = await argumentValue(argument, execution)
      const word = argument.value?.kind === 'word' ? argument.value.text : undefined
      positional.push({ value, node: argument, ...(word === undefined ? {} : { word }) })
      continue
    }
    let name = argument.name.text
    if (name.startsWith('.')) name = group + name
    else group = name.includes('.') ? name.slice(0, name.indexOf('.')) : group
    if (argument.unset) named.set(name, { name })
    else named.set(name, { name, value: await argumentValue(argument, execution) })
  }
  return new CommandArguments(
    node,
    named,
    positional,
    end < 0 ? undefined : conditionOf(node, args.slice(end + 1), execution),
  )
}
