import { checkSource } from '../check-statements.js'
import { toText } from '../convert-value.js'
import { runCode } from '../interpreter.js'
import { RouterError } from '../router-error.js'
import { scriptSource } from '../script-source.js'
import { idValue, NOTHING, num, type ScriptValue, str } from '../script-value.js'
import {
  type GlobalCall,
  type GlobalCommand,
  namedOrPositional,
  positionalNode,
  positionalValue,
  runBody,
} from './global-command.js'

const put: GlobalCommand = async (call) => {
  const value = (await namedOrPositional(call, 'message', 0)) ?? NOTHING
  call.execution.session.write(`${toText(value)}\n`)
  return NOTHING
}

const delay: GlobalCommand = async (call) => {
  const value = (await namedOrPositional(call, 'delay-time', 0)) ?? num(1)
  const ms = value.type === 'time' ? value.ms : value.type === 'num' ? value.value * 1000 : 1000
  await call.execution.router.sleep(ms, call.execution)
  return NOTHING
}

const log: GlobalCommand = async (call) => {
  const topicNode = positionalNode(call, 0)?.value
  const topic = topicNode?.kind === 'word' ? topicNode.text : 'info'
  const message = (await namedOrPositional(call, 'message', 1)) ?? NOTHING
  call.execution.router.log(`script,${topic}`, toText(message))
  return NOTHING
}

const parse: GlobalCommand = async (call) => {
  const text = toText((await positionalValue(call, 0)) ?? NOTHING)
  const source = scriptSource(text)
  try {
    checkSource(source, call.execution)
    return { type: 'code', source, shown: `(evl ${text.trim()})` }
  } catch (error) {
    if (!(error instanceof RouterError)) throw error
    return { type: 'code', source, shown: `(evl (${error.message}))` }
  }
}

/** The source of a job: the text between the braces, or the text of a string or script. */
async function jobSource(call: GlobalCall): Promise<ScriptValue> {
  const node = positionalNode(call, 0)?.value
  if (node?.kind === 'block') {
    return str(call.execution.source.text.slice(node.inner.start, node.inner.end))
  }
  return (await namedOrPositional(call, 'script', 0)) ?? NOTHING
}

const execute: GlobalCommand = async (call) => {
  const { router, user, policies } = call.execution
  const text = toText(await jobSource(call))
  const named = router.scriptNamed(text)
  const file = await namedOrPositional(call, 'file', 9)
  const asString = call.args.some(
    (argument) => argument.value?.kind === 'word' && argument.value.text === 'as-string',
  )
  const job = router.jobs.start({
    name: named?.name ?? '',
    source: named?.source ?? text,
    user,
    policies,
    keepOutput: asString || file !== undefined,
  })
  if (file !== undefined) {
    const name = toText(file)
    const target = /\.\w+$/.test(name) ? name : `${name}.txt`
    void job.done.then((output) => router.keepFile(target, output))
  }
  if (asString) return str(await job.done)
  return idValue(job.id)
}

const time: GlobalCommand = async (call) => {
  const before = call.execution.router.host.clock.uptimeMs()
  const node = positionalNode(call, 0)?.value
  if (node?.kind === 'block')
    await runCode({ type: 'code', source: call.execution.source, block: node }, call.execution)
  else await runBody(node, call.execution)
  return { type: 'time', ms: call.execution.router.host.clock.uptimeMs() - before }
}

/** Output, waiting, logging, and code made at run time. */
export const running: ReadonlyMap<string, GlobalCommand> = new Map<string, GlobalCommand>([
  ['put', put],
  ['delay', delay],
  ['log', log],
  ['parse', parse],
  ['execute', execute],
  ['time', time],
  ['timestamp', async (call) => ({ type: 'time', ms: call.execution.router.host.clock.utcMs() })],
  ['nothing', async () => NOTHING],
  ['jobname', async (call) => str(call.execution.router.jobs.nameOf(call.execution.session.id))],
  ['beep', async () => NOTHING],
  [
    'resolve',
    async () => {
      throw new RouterError('failure: dns name does not exist')
    },
  ],
])
