import { toText } from '../convert-value.js'
import { RouterError } from '../router-error.js'
import { array, NOTHING, num, type ScriptValue, str } from '../script-value.js'
import { type GlobalCall, type GlobalCommand, namedOrPositional } from './global-command.js'

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

/** Rows of values between delimiters, as `:serialize to=dsv` writes them; what holds a delimiter is quoted. */
function toDsv(value: ScriptValue, delimiter: string): string {
  const cell = (text: string): string =>
    text.includes(delimiter) || /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  const row = (entry: ScriptValue): string =>
    entry.type === 'array'
      ? entry.entries.map((one) => cell(toText(one.value))).join(delimiter)
      : cell(toText(entry))
  return value.type === 'array' ? value.entries.map((entry) => row(entry.value)).join('\n') : row(value)
}

function fromDsv(text: string, delimiter: string): ScriptValue {
  const rows = text.split(/\r?\n/).filter((line) => line !== '')
  return array(rows.map((line) => array(line.split(delimiter).map(str))))
}

const given = async (call: GlobalCall, name: string, otherwise: string): Promise<string> =>
  toText((await namedOrPositional(call, name, 9)) ?? str(otherwise))

const serialize: GlobalCommand = async (call) => {
  const format = await given(call, 'to', 'json')
  const value = (await namedOrPositional(call, 'value', 0)) ?? NOTHING
  if (format === 'json') return str(toJson(value))
  if (format === 'dsv') return str(toDsv(value, await given(call, 'delimiter', ',')))
  throw new RouterError('input does not match any value of to')
}

const deserialize: GlobalCommand = async (call) => {
  const text = toText((await namedOrPositional(call, 'value', 0)) ?? NOTHING)
  if ((await given(call, 'from', 'json')) === 'dsv') return fromDsv(text, await given(call, 'delimiter', ','))
  try {
    return fromJson(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new RouterError('failure: invalid json')
    throw error
  }
}

/** `:serialize` and `:deserialize`. */
export const serialization: ReadonlyMap<string, GlobalCommand> = new Map([
  ['serialize', serialize],
  ['deserialize', deserialize],
])
