import { toArray, toNumber, toText } from '../convert-value.js'
import { evaluate } from '../evaluate.js'
import { type Execution, LoopSignal, ReturnSignal } from '../execution.js'
import { isTrue } from '../operators.js'
import { RouterError } from '../router-error.js'
import { NOTHING, num, type ScriptValue, str } from '../script-value.js'
import type { GlobalCall, GlobalCommand } from './global-command.js'
import { namedNode, nameText, positionalNode, positionalValue, runBody } from './global-command.js'

/** Gives other sessions and timers a turn now and then during long loops. */
async function breathe(execution: Execution, turn: number): Promise<void> {
  if (turn % 512 === 511) await new Promise<void>((resume) => setImmediate(resume))
  if (execution.session.signal.aborted) throw new RouterError('interrupted')
}

/** Runs the body of a loop once; false when the loop ends. */
async function turn(call: GlobalCall, execution: Execution): Promise<boolean> {
  try {
    await runBody(namedNode(call, 'do')?.value, execution)
  } catch (signal) {
    if (!(signal instanceof LoopSignal)) throw signal
    return signal.kind === 'continue'
  }
  return true
}

const runIf: GlobalCommand = async (call) => {
  const condition = (await positionalValue(call, 0)) ?? (await namedCondition(call))
  if (condition === undefined) throw new RouterError('missing value(s) of argument(s) condition')
  const branch = isTrue(condition) ? namedNode(call, 'do') : namedNode(call, 'else')
  return runBody(branch?.value, call.execution)
}

async function namedCondition(call: GlobalCall): Promise<ScriptValue | undefined> {
  const node = namedNode(call, 'condition')?.value
  return node === undefined ? undefined : evaluate(node, call.execution)
}

const runForeach: GlobalCommand = async (call) => {
  const names = nameText(call, positionalNode(call, 0)).split(',')
  const list = namedNode(call, 'in')?.value
  if (list === undefined) throw new RouterError('missing value(s) of argument(s) in')
  const values = toArray(await evaluate(list, call.execution))
  if (values.type !== 'array') return NOTHING
  for (const [index, entry] of values.entries.entries()) {
    await breathe(call.execution, index)
    const scope = call.execution.scope.child()
    const [keyName, valueName] = names.length > 1 ? names : [undefined, names[0]]
    if (keyName !== undefined) {
      scope.declareLocal(keyName, entry.key === undefined ? num(index) : str(entry.key))
    }
    scope.declareLocal(valueName ?? '', entry.value)
    if (!(await turn(call, { ...call.execution, scope }))) break
  }
  return NOTHING
}

const runFor: GlobalCommand = async (call) => {
  const name = nameText(call, positionalNode(call, 0))
  const bound = async (argument: string): Promise<number | undefined> => {
    const node = namedNode(call, argument)?.value
    if (node === undefined) return undefined
    const value = toNumber(await evaluate(node, call.execution))
    if (value.type !== 'num') throw new RouterError(`invalid value for argument ${argument}`)
    return value.value
  }
  const from = (await bound('from')) ?? 0
  const to = (await bound('to')) ?? 0
  const step = (await bound('step')) ?? (from <= to ? 1 : -1)
  if (step === 0) throw new RouterError('value of step should not be zero')
  let turns = 0
  for (let i = from; step > 0 ? i <= to : i >= to; i += step) {
    await breathe(call.execution, turns)
    turns += 1
    const scope = call.execution.scope.child()
    scope.declareLocal(name, num(i))
    if (!(await turn(call, { ...call.execution, scope }))) break
  }
  return NOTHING
}

const runWhile: GlobalCommand = async (call) => {
  const condition = positionalNode(call, 0)?.value ?? namedNode(call, 'condition')?.value
  if (condition === undefined) throw new RouterError('missing value(s) of argument(s) condition')
  for (let turns = 0; isTrue(await evaluate(condition, call.execution)); turns += 1) {
    await breathe(call.execution, turns)
    if (!(await turn(call, call.execution))) break
  }
  return NOTHING
}

/** True for errors that `on-error` catches: everything but the end of the session. */
function isCaught(error: unknown): error is RouterError {
  return error instanceof RouterError && error.message !== 'interrupted'
}

const runDo: GlobalCommand = async (call) => {
  const body = positionalNode(call, 0)?.value ?? namedNode(call, 'command')?.value
  const onError = namedNode(call, 'on-error')?.value
  const repeat = namedNode(call, 'while')?.value
  try {
    let value = NOTHING
    let turns = 0
    do {
      await breathe(call.execution, turns)
      turns += 1
      try {
        value = await runBody(body, call.execution)
      } catch (signal) {
        if (!(signal instanceof LoopSignal)) throw signal
        if (signal.kind === 'break') break
      }
    } while (repeat !== undefined && isTrue(await evaluate(repeat, call.execution)))
    return value
  } catch (error) {
    if (onError === undefined || !isCaught(error)) throw error
    return runBody(onError, call.execution)
  }
}

const runOnerror: GlobalCommand = async (call) => {
  const name = nameText(call, positionalNode(call, 0))
  try {
    await runBody(namedNode(call, 'in')?.value, call.execution)
    return { type: 'bool', value: false }
  } catch (error) {
    if (!isCaught(error)) throw error
    const scope = call.execution.scope.child()
    scope.declareLocal(name, str(error.message))
    await runBody(namedNode(call, 'do')?.value, { ...call.execution, scope })
    return { type: 'bool', value: true }
  }
}

const runRetry: GlobalCommand = async (call) => {
  const read = async (name: string, fallback: number): Promise<number> => {
    const node = namedNode(call, name)?.value
    if (node === undefined) return fallback
    const value = await evaluate(node, call.execution)
    return value.type === 'time' ? value.ms / 1000 : value.type === 'num' ? value.value : fallback
  }
  const tries = await read('max', 1)
  const pause = await read('delay', 0)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runBody(namedNode(call, 'command')?.value, call.execution)
    } catch (error) {
      if (!isCaught(error)) throw error
      if (attempt >= tries) {
        const fallback = namedNode(call, 'on-error')?.value
        if (fallback === undefined) throw error
        return runBody(fallback, call.execution)
      }
      await call.execution.router.sleep(pause * 1000, call.execution)
    }
  }
}

const runReturn: GlobalCommand = async (call) => {
  throw new ReturnSignal((await positionalValue(call, 0)) ?? NOTHING)
}

const runError: GlobalCommand = async (call) => {
  const message = await positionalValue(call, 0)
  throw new RouterError(message === undefined ? '' : toText(message))
}

/** Conditions, loops, and what leaves them. */
export const controlFlow: ReadonlyMap<string, GlobalCommand> = new Map<string, GlobalCommand>([
  ['if', runIf],
  ['foreach', runForeach],
  ['for', runFor],
  ['while', runWhile],
  ['do', runDo],
  ['onerror', runOnerror],
  ['retry', runRetry],
  ['return', runReturn],
  ['error', runError],
  [
    'break',
    async () => {
      throw new LoopSignal('break')
    },
  ],
  [
    'continue',
    async () => {
      throw new LoopSignal('continue')
    },
  ],
])
