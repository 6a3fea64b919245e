import { isIPv6 } from 'node:net'
import { toArray, toBool, toNumber, toText, toTime } from '../convert-value.js'
import { compareValues, equalValues } from '../operators.js'
import { array, idValue, NIL, NOTHING, num, type ScriptValue, str, typeName } from '../script-value.js'
import { type GlobalCall, type GlobalCommand, namedOrPositional, positionalValue } from './global-command.js'

async function operand(call: GlobalCall, name = 'value'): Promise<ScriptValue> {
  return (await namedOrPositional(call, name, 0)) ?? NOTHING
}

const lengthOf: GlobalCommand = async (call) => {
  const value = await operand(call)
  if (value.type === 'array') return num(value.entries.length)
  if (value.type === 'nothing' || value.type === 'nil') return num(0)
  return num(toText(value).length)
}

function indexOf(value: ScriptValue | undefined): number | undefined {
  if (value === undefined) return undefined
  const number = toNumber(value)
  return number.type === 'num' ? number.value : undefined
}

const pick: GlobalCommand = async (call) => {
  const value = await operand(call, 'counter')
  const begin = indexOf(await namedOrPositional(call, 'begin', 1)) ?? 0
  const given = indexOf(await namedOrPositional(call, 'end', 2))
  if (value.type === 'array') {
    if (given === undefined) return value.entries[begin]?.value ?? NOTHING
    return { type: 'array', entries: value.entries.slice(Math.max(begin, 0), Math.max(given, 0)) }
  }
  const text = toText(value)
  const start = Math.max(begin, 0)
  const end = given ?? start + 1
  return str(text.slice(start, Math.max(end, start)))
}

const find: GlobalCommand = async (call) => {
  const where = (await positionalValue(call, 0)) ?? NOTHING
  const what = (await positionalValue(call, 1)) ?? NOTHING
  const from = indexOf(await namedOrPositional(call, 'from', 2)) ?? -1
  if (where.type === 'array') {
    const at = where.entries.findIndex((entry, index) => index > from && equalValues(entry.value, what))
    return at < 0 ? NIL : num(at)
  }
  const at = toText(where).indexOf(toText(what), from + 1)
  return at < 0 ? NIL : num(at)
}

const toIp = async (call: GlobalCall): Promise<ScriptValue> => {
  const value = await operand(call)
  const text =
    value.type === 'num'
      ? [24, 16, 8, 0].map((shift) => Math.floor(value.value / 2 ** shift) % 256).join('.')
      : toText(value)
  return /^(\d{1,3}\.){3}\d{1,3}$/.test(text) ? { type: 'ip', text } : NIL
}

const toIp6 = async (call: GlobalCall): Promise<ScriptValue> => {
  const text = toText(await operand(call))
  if (!isIPv6(text)) return NIL
  return { type: 'ip6', text: new URL(`http://[${text}]/`).hostname.slice(1, -1) }
}

const convert: GlobalCommand = async (call) => {
  const text = toText(await operand(call))
  const from = toText((await namedOrPositional(call, 'from', 9)) ?? str('raw'))
  const to = toText((await namedOrPositional(call, 'to', 9)) ?? str('raw'))
  const bytes = Buffer.from(text, from === 'base64' || from === 'hex' ? from : 'latin1')
  return str(bytes.toString(to === 'base64' || to === 'hex' ? to : 'latin1'))
}

const range: GlobalCommand = async (call) => {
  const from = indexOf(await namedOrPositional(call, 'from', 0)) ?? 0
  const to = indexOf(await namedOrPositional(call, 'to', 1)) ?? 0
  const values: ScriptValue[] = []
  for (let i = from; i <= to; i += 1) values.push(num(i))
  return array(values)
}

const rndnum: GlobalCommand = async (call) => {
  const from = indexOf(await namedOrPositional(call, 'from', 0)) ?? 0
  const to = indexOf(await namedOrPositional(call, 'to', 1)) ?? 0
  return num(from + Math.floor(call.execution.router.host.random() * (to - from + 1)))
}

const rndstr: GlobalCommand = async (call) => {
  const length = indexOf(await namedOrPositional(call, 'length', 0)) ?? 16
  const letters = toText(
    (await namedOrPositional(call, 'from', 1)) ?? str('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'),
  )
  let text = ''
  for (let i = 0; i < length; i += 1) {
    text += letters[Math.floor(call.execution.router.host.random() * letters.length)] ?? ''
  }
  return str(text)
}

/** Strings, arrays and conversions between types. */
export const values: ReadonlyMap<string, GlobalCommand> = new Map<string, GlobalCommand>([
  ['len', lengthOf],
  ['pick', pick],
  ['find', find],
  ['tostr', async (call) => str(toText(await operand(call)))],
  ['tonum', async (call) => toNumber(await operand(call))],
  ['tobool', async (call) => toBool(await operand(call))],
  ['totime', async (call) => toTime(await operand(call))],
  ['toarray', async (call) => toArray(await operand(call))],
  ['toid', async (call) => idValue(toText(await operand(call)))],
  ['toip', toIp],
  ['toip6', toIp6],
  ['typeof', async (call) => str(typeName(await operand(call)))],
  ['convert', convert],
  ['range', range],
  ['rndnum', rndnum],
  ['rndstr', rndstr],
  [
    'compare',
    async (call) =>
      num(
        compareValues(
          (await positionalValue(call, 0)) ?? NOTHING,
          (await positionalValue(call, 1)) ?? NOTHING,
        ),
      ),
  ],
])
