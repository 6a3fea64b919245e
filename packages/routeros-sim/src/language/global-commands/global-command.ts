import type { ArgumentNode, CommandNode, ValueNode } from '@tod/rsc-parser'
import { argumentValue } from '../command-arguments.js'
import { evaluate } from '../evaluate.js'
import type { Execution } from '../execution.js'
import { runCode } from '../interpreter.js'
import { RouterError, syntaxError } from '../router-error.js'
import { positionIn, scriptSource } from '../script-source.js'
import { NOTHING, type ScriptValue } from '../script-value.js'

/** One use of a command that exists in every menu, `:put` and its like; arguments are not evaluated yet. */
export interface GlobalCall {
  readonly name: string
  readonly node: CommandNode
  readonly args: readonly ArgumentNode[]
  readonly execution: Execution
}

/** A command that exists in every menu. */
export type GlobalCommand = (call: GlobalCall) => Promise<ScriptValue>

/** The n-th value without a name. */
export function positionalNode(call: GlobalCall, index: number): ArgumentNode | undefined {
  return call.args.filter((argument) => argument.name === undefined && !argument.unset)[index]
}

/** The argument of that name. */
export function namedNode(call: GlobalCall, name: string): ArgumentNode | undefined {
  return call.args.find((argument) => argument.name?.text === name)
}

/** Evaluates the n-th positional value; undefined when it is not there. */
export async function positionalValue(call: GlobalCall, index: number): Promise<ScriptValue | undefined> {
  const node = positionalNode(call, index)?.value
  return node === undefined ? undefined : evaluate(node, call.execution)
}

/** Evaluates a named argument, or the n-th positional one in its place. */
export async function namedOrPositional(
  call: GlobalCall,
  name: string,
  index: number,
): Promise<ScriptValue | undefined> {
  const named = namedNode(call, name)
  if (named?.value !== undefined) {
    return named.value.kind === 'block'
      ? argumentValue(named, call.execution)
      : evaluate(named.value, call.execution)
  }
  return positionalValue(call, index)
}

/** The text of a variable name: a bare word, a string, or the name behind a `$`. */
export function nameText(call: GlobalCall, node: ArgumentNode | undefined): string {
  const value = node?.value
  if (value?.kind === 'word') return value.text
  if (value?.kind === 'string') return value.value
  if (value?.kind === 'variable') return value.name
  const offset = node?.range.start ?? call.node.range.end
  if (value === undefined)
    throw syntaxError('expected variable name', positionIn(call.execution.source, offset))
  return call.execution.source.text.slice(value.range.start, value.range.end)
}

/** Runs what a `do=` holds: a block in place, or the text of a string. */
export async function runBody(value: ValueNode | undefined, execution: Execution): Promise<ScriptValue> {
  if (value === undefined) return NOTHING
  if (value.kind === 'block') {
    return runCode({ type: 'code', source: execution.source, block: value }, execution)
  }
  const computed = await evaluate(value, execution)
  if (computed.type === 'code') return runCode(computed, execution)
  if (computed.type === 'str') {
    return runCode({ type: 'code', source: scriptSource(computed.value) }, execution)
  }
  throw new RouterError('invalid value for argument do')
}
