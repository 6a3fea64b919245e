import type { ArgumentNode } from '@tod/rsc-parser'
import { argumentValue } from '../command-arguments.js'
import { toText } from '../convert-value.js'
import { evaluate } from '../evaluate.js'
import { RouterError, syntaxError } from '../router-error.js'
import { positionIn } from '../script-source.js'
import { type ArrayEntry, NOTHING, type ScriptValue } from '../script-value.js'
import { type GlobalCall, type GlobalCommand, namedNode, nameText, positionalNode } from './global-command.js'

/** The value a variable gets: `do={…}` makes a function, a block an array, the rest is computed. */
async function givenValue(call: GlobalCall): Promise<ScriptValue | undefined> {
  const named: ArgumentNode | undefined = namedNode(call, 'do') ?? namedNode(call, 'value')
  if (named !== undefined) return argumentValue(named, call.execution)
  const positional = positionalNode(call, 1)?.value
  if (positional !== undefined) return evaluate(positional, call.execution)
  const pair = call.args.find((argument) => argument.name !== undefined && argument.operator === '=')
  return pair === undefined ? undefined : argumentValue(pair, call.execution)
}

/** The name being declared; `:local x=5` writes it as an argument name. */
function declaredName(call: GlobalCall): string {
  const positional = positionalNode(call, 0)
  if (positional !== undefined) return nameText(call, positional)
  const pair = call.args.find((argument) => argument.name !== undefined)
  if (pair?.name !== undefined) return pair.name.text
  throw syntaxError('expected variable name', positionIn(call.execution.source, call.node.range.end))
}

const declareLocal: GlobalCommand = async (call) => {
  call.execution.scope.declareLocal(declaredName(call), (await givenValue(call)) ?? NOTHING)
  return NOTHING
}

const declareGlobal: GlobalCommand = async (call) => {
  const name = declaredName(call)
  const value = await givenValue(call)
  call.execution.scope.declareGlobal(name, value)
  return NOTHING
}

/** `:set ($array->"key") value`: a changed copy takes the variable's place. */
async function setElement(call: GlobalCall, target: ArgumentNode, value: ScriptValue): Promise<boolean> {
  const group = target.value?.kind === 'group' ? target.value.expression : target.value
  const keys: ScriptValue[] = []
  let node = group
  while (node?.kind === 'binary' && node.operator === '->') {
    keys.unshift(await evaluate(node.right, call.execution))
    node = node.left
  }
  if (node?.kind !== 'variable' || keys.length === 0) return false
  const put = (container: ScriptValue, depth: number): ScriptValue => {
    const key = keys[depth]
    if (key === undefined) return value
    const entries: ArrayEntry[] = container.type === 'array' ? [...container.entries] : []
    const at = key.type === 'num' ? key.value : entries.findIndex((entry) => entry.key === toText(key))
    const present = entries[at]
    const next = put(present?.value ?? NOTHING, depth + 1)
    if (next.type === 'nothing' && present !== undefined) entries.splice(at, 1)
    else if (present !== undefined) entries[at] = { ...present, value: next }
    else if (key.type === 'num') entries.push({ value: next })
    else entries.push({ key: toText(key), value: next })
    return { type: 'array', entries }
  }
  if (!call.execution.scope.assign(node.name, put(call.execution.scope.read(node.name), 0))) {
    throw new RouterError(`bad variable name ${node.name}`)
  }
  return true
}

const assign: GlobalCommand = async (call) => {
  const target = positionalNode(call, 0)
  const value = (await givenValue(call)) ?? NOTHING
  if (target !== undefined && (target.value?.kind === 'group' || target.value?.kind === 'compound')) {
    if (await setElement(call, target, value)) return NOTHING
  }
  const name = declaredName(call)
  if (!call.execution.scope.assign(name, value)) {
    const offset = target?.range.start ?? call.node.range.start
    throw syntaxError(`bad variable name ${name}`, positionIn(call.execution.source, offset))
  }
  return NOTHING
}

/** Variables: declare and set. */
export const variables: ReadonlyMap<string, GlobalCommand> = new Map([
  ['local', declareLocal],
  ['global', declareGlobal],
  ['set', assign],
])
