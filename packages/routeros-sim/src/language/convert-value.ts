import { formatClockDuration, parseDuration } from './durations.js'
import { bool, NIL, NOTHING, num, type ScriptValue, str } from './script-value.js'

const IP = /^(?:\d{1,3}\.){3}\d{1,3}$/
const IP_PREFIX = /^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/
const IP6 = /^[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}$/
const MAC = /^(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/

/** The value that a bare word stands for: its type follows from its look. */
export function literalValue(word: string): ScriptValue {
  if (word === 'true') return bool(true)
  if (word === 'false') return bool(false)
  if (/^-?\d+$/.test(word)) return num(Number(word))
  if (/^0x[0-9a-fA-F]+$/.test(word)) return num(Number.parseInt(word.slice(2), 16))
  if (/^\*[0-9a-fA-F]+$/.test(word)) return { type: 'id', text: word.toUpperCase() }
  if (IP.test(word)) return { type: 'ip', text: word }
  if (IP_PREFIX.test(word)) return { type: 'ip-prefix', text: word }
  const ms = parseDuration(word)
  if (ms !== undefined) return { type: 'time', ms }
  if (!MAC.test(word)) {
    if (IP6.test(word)) return { type: 'ip6', text: word }
    const slash = word.indexOf('/')
    if (slash > 0 && IP6.test(word.slice(0, slash)) && /^\d+$/.test(word.slice(slash + 1))) {
      return { type: 'ip6-prefix', text: word }
    }
  }
  return str(word)
}

/** How `:put` and string concatenation print a value. */
export function toText(value: ScriptValue): string {
  switch (value.type) {
    case 'nothing':
    case 'nil':
      return ''
    case 'bool':
      return value.value ? 'true' : 'false'
    case 'num':
      return String(value.value)
    case 'str':
      return value.value
    case 'time':
      return formatClockDuration(value.ms)
    case 'ip':
    case 'ip-prefix':
    case 'ip6':
    case 'ip6-prefix':
    case 'id':
      return value.text
    case 'array':
      return value.entries
        .map(({ key, value: element }) => (key === undefined ? '' : `${key}=`) + toText(element))
        .join(';')
    case 'code':
      if (value.shown !== undefined) return value.shown
      return value.source.text.slice(
        value.block?.inner.start ?? 0,
        value.block?.inner.end ?? value.source.text.length,
      )
  }
}

/** The text that a property gets when it is set to this value: `yes`/`no`, short durations, comma lists. */
export function toPropertyText(value: ScriptValue): string {
  if (value.type === 'bool') return value.value ? 'yes' : 'no'
  if (value.type === 'array') return value.entries.map((entry) => toPropertyText(entry.value)).join(',')
  return toText(value)
}

/** `:tonum`; nothing when the text is no number. */
export function toNumber(value: ScriptValue): ScriptValue {
  switch (value.type) {
    case 'num':
      return value
    case 'bool':
      return num(value.value ? 1 : 0)
    case 'time':
      return num(Math.floor(value.ms / 1000))
    case 'ip':
      return num(value.text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0))
    case 'str': {
      const text = value.value.trim()
      if (/^-?\d+$/.test(text)) return num(Number(text))
      if (/^0x[0-9a-fA-F]+$/.test(text)) return num(Number.parseInt(text.slice(2), 16))
      return NIL
    }
    case 'id':
      return num(Number.parseInt(value.text.slice(1), 16))
    default:
      return NIL
  }
}

/** `:totime`; nothing when it is no time. */
export function toTime(value: ScriptValue): ScriptValue {
  if (value.type === 'time') return value
  if (value.type === 'num') return { type: 'time', ms: value.value * 1000 }
  if (value.type === 'str') {
    const ms = /^\d+$/.test(value.value) ? Number(value.value) * 1000 : parseDuration(value.value)
    return ms === undefined ? NIL : { type: 'time', ms }
  }
  return NIL
}

/** `:tobool`; nothing when it is neither. */
export function toBool(value: ScriptValue): ScriptValue {
  if (value.type === 'bool') return value
  if (value.type === 'num') return bool(value.value !== 0)
  if (value.type === 'str' && (value.value === 'yes' || value.value === 'true')) return bool(true)
  if (value.type === 'str' && (value.value === 'no' || value.value === 'false')) return bool(false)
  return value.type === 'nothing' || value.type === 'nil' ? NOTHING : NIL
}

/** `:toarray`: a text is split at commas. */
export function toArray(value: ScriptValue): ScriptValue {
  if (value.type === 'array') return value
  if (value.type === 'nothing' || value.type === 'nil') return { type: 'array', entries: [] }
  const text = toText(value)
  if (text === '') return { type: 'array', entries: [] }
  return { type: 'array', entries: text.split(',').map((part) => ({ value: literalValue(part) })) }
}
