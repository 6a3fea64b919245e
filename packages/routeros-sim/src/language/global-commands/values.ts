import { toArray, toBool, toNumber, toText, toTime } from '../convert-value.js'
import { compareValues, equalValues } from '../operators.js'
import { RouterError } from '../router-error.js'
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

const convert: GlobalCommand = async (call) => {
  const text = toText(await operand(call))
  const from = toText((await namedOrPositional(call, 'from', 9)) ?? str('raw'))
  const to = toText((await namedOrPositional(call, 'to', 9)) ?? str('raw'))
  const bytes = Buffer.from(text, from === 'base64' || from === 'hex' ? from : 'latin1')
  return str(bytes.toString(to === 'base64' || to === 'hex' ? to : 'latin1'))
}

/** A value in JSON, as `:serialize to=json` writes it. */
function toJson(value: ScriptValue): string {
  switch (value.type) {
    case 'num':
      return String(value.value)
    case 'bool':
      return value.value ? 'true' : 'false'
    case 'nothing':
    case 'nil':
      return 'null'
    case 'array': {
      const keyed = value.entries.length > 0 && value.entries.every((entry) => entry.key !== undefined)
      if (!keyed) return `[${value.entries.map((entry) => toJson(entry.value)).join(',')}]`
      const fields = value.entries.map((entry) => `${JSON.stringify(entry.key)}:${toJson(entry.value)}`)
      return `{${fields.join(',')}}`
    }
    default:
      return JSON.stringify(toText(value))
  }
}

function fromJson(value: unknown): ScriptValue {
  if (value === null) return NOTHING
  if (typeof value === 'number') return num(value)
  if (typeof value === 'boolean') return { type: 'bool', value }
  if (typeof value === 'string') return str(value)
  if (Array.isArray(value)) return array(value.map(fromJson))
  return {
    type: 'array',
    entries: Object.entries(value as object).map(([key, element]) => ({ key, value: fromJson(element) })),
  }
}

const serialize: GlobalCommand = async (call) => {
  const format = toText((await namedOrPositional(call, 'to', 9)) ?? str('json'))
  if (format !== 'json') throw new RouterError(`input does not match any value of to`)
  return str(toJson(await operand(call)))
}

const deserialize: GlobalCommand = async (call) => {
  try {
    return fromJson(JSON.parse(toText(await operand(call))))
  } catch (error) {
    if (error instanceof SyntaxError) throw new RouterError('failure: invalid json')
    throw error
  }
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
  ['typeof', async (call) => str(typeName(await operand(call)))],
  ['convert', convert],
  ['serialize', serialize],
  ['deserialize', deserialize],
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
