import { parseRange } from '../network/address.js'
import { toBool, toNumber, toText } from './convert-value.js'
import { posixPattern } from './regular-expression.js'
import { RouterError } from './router-error.js'
import { array, bool, num, type ScriptValue, str } from './script-value.js'

/** True in conditions; what is no truth value is an error. */
export function isTrue(value: ScriptValue): boolean {
  const truth = toBool(value)
  if (truth.type === 'bool') return truth.value
  if (truth.type === 'nothing') return false
  throw new RouterError('conditional not boolean')
}

/** `192.168.1.5 in 192.168.1.0/24`. */
function isIn(inner: ScriptValue, outer: ScriptValue): boolean {
  const a = parseRange(toText(inner))
  const b = parseRange(toText(outer))
  return a !== undefined && b !== undefined && a.family === b.family && a.first >= b.first && a.last <= b.last
}

/** Order of two values: numbers, times and addresses by size, everything else as text. */
export function compareValues(a: ScriptValue, b: ScriptValue): number {
  if (a.type === 'time' && b.type === 'time') return a.ms - b.ms
  if (a.type === 'time' && b.type === 'num') return a.ms - b.value * 1000
  if (a.type === 'num' && b.type === 'time') return a.value * 1000 - b.ms
  const x = toNumber(a)
  const y = toNumber(b)
  if (x.type === 'num' && y.type === 'num' && a.type !== 'id' && b.type !== 'id') return x.value - y.value
  const left = toText(a)
  const right = toText(b)
  return left < right ? -1 : left > right ? 1 : 0
}

/** Equality as `=` sees it: by value, a number equals its text. */
export function equalValues(a: ScriptValue, b: ScriptValue): boolean {
  if (a.type === 'array' || b.type === 'array') {
    if (a.type !== 'array' || b.type !== 'array') return false
    return (
      a.entries.length === b.entries.length &&
      a.entries.every((entry, i) => {
        const other = b.entries[i]
        return other !== undefined && entry.key === other.key && equalValues(entry.value, other.value)
      })
    )
  }
  if (a.type === 'bool' || b.type === 'bool') {
    const x = toBool(a)
    const y = toBool(b)
    return x.type === 'bool' && y.type === 'bool' && x.value === y.value
  }
  if (a.type === 'time' || b.type === 'time') return compareValues(a, b) === 0
  return toText(a) === toText(b)
}

function numbers(a: ScriptValue, b: ScriptValue, operator: string): [number, number] {
  const x = toNumber(a)
  const y = toNumber(b)
  if (x.type === 'num' && y.type === 'num') return [x.value, y.value]
  throw new RouterError(`cannot ${operator} ${a.type} and ${b.type}`)
}

const octets = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')

/** `192.168.1.77 & 255.255.255.0`: operators on the bits of an address give an address (manual, Scripting). */
function addressBits(operator: string, a: number, b: number): ScriptValue | undefined {
  const [x, y] = [BigInt(a), BigInt(b)]
  const bits =
    operator === '&'
      ? x & y
      : operator === '|'
        ? x | y
        : operator === '^'
          ? x ^ y
          : operator === '<<'
            ? x << y
            : operator === '>>'
              ? x >> y
              : undefined
  return bits === undefined ? undefined : { type: 'ip', text: octets(Number(BigInt.asUintN(32, bits))) }
}

/** `~` turns every bit of a number or an address. @throws RouterError for other values */
export function invertBits(value: ScriptValue): ScriptValue {
  if (value.type === 'num') return num(Number(~BigInt(value.value)))
  if (value.type === 'ip') return { type: 'ip', text: octets(2 ** 32 - 1 - numbers(value, value, '~')[0]) }
  throw new RouterError(`cannot ~ ${value.type}`)
}

function arithmetic(operator: string, a: ScriptValue, b: ScriptValue): ScriptValue {
  if (a.type === 'time' || b.type === 'time') {
    const x = a.type === 'time' ? a.ms : numbers(a, a, operator)[0] * (operator === '*' ? 1 : 1000)
    const y = b.type === 'time' ? b.ms : numbers(b, b, operator)[0] * (/[*/]/.test(operator) ? 1 : 1000)
    if (operator === '+') return { type: 'time', ms: x + y }
    if (operator === '-') return { type: 'time', ms: x - y }
    if (operator === '*') return { type: 'time', ms: x * y }
    if (operator === '/' && y !== 0) return { type: 'time', ms: Math.trunc(x / y) }
  }
  if (a.type === 'ip' && (operator === '+' || operator === '-')) {
    const [x, y] = numbers(a, b, operator)
    const sum = operator === '+' ? x + y : x - y
    return b.type === 'ip' ? num(sum) : { type: 'ip', text: octets(sum) }
  }
  const [x, y] = numbers(a, b, operator)
  const address = a.type === 'ip' ? addressBits(operator, x, y) : undefined
  if (address !== undefined) return address
  switch (operator) {
    case '+':
      return num(x + y)
    case '-':
      return num(x - y)
    case '*':
      return num(x * y)
    case '/':
      if (y === 0) throw new RouterError('division by zero')
      return num(Math.trunc(x / y))
    case '%':
      if (y === 0) throw new RouterError('division by zero')
      return num(x % y)
    case '&':
      return num(Number(BigInt(x) & BigInt(y)))
    case '|':
      return num(Number(BigInt(x) | BigInt(y)))
    case '^':
      return num(Number(BigInt(x) ^ BigInt(y)))
    case '<<':
      return num(x * 2 ** y)
    default:
      return num(Math.floor(x / 2 ** y))
  }
}

/** Applies a binary operator to two values. `&&` and `||` are done by the evaluator, which may skip one side. */
export function applyOperator(operator: string, a: ScriptValue, b: ScriptValue): ScriptValue {
  switch (operator) {
    case '=':
      return bool(equalValues(a, b))
    case '!=':
      return bool(!equalValues(a, b))
    case '<':
      return bool(compareValues(a, b) < 0)
    case '>':
      return bool(compareValues(a, b) > 0)
    case '<=':
      return bool(compareValues(a, b) <= 0)
    case '>=':
      return bool(compareValues(a, b) >= 0)
    case '~':
      return bool(posixPattern(toText(b)).test(toText(a)))
    case 'in':
      return bool(isIn(a, b))
    case '.':
      return str(toText(a) + toText(b))
    case ',': {
      const left = a.type === 'array' ? a.entries : [{ value: a }]
      const right = b.type === 'array' ? b.entries : [{ value: b }]
      if (left.length === 0 && right.length === 0) return array([])
      return { type: 'array', entries: [...left, ...right] }
    }
    case '->': {
      if (a.type !== 'array') return { type: 'nothing' }
      if (b.type === 'num') return a.entries[b.value]?.value ?? { type: 'nothing' }
      const key = toText(b)
      return a.entries.find((entry) => entry.key === key)?.value ?? { type: 'nothing' }
    }
    default:
      return arithmetic(operator, a, b)
  }
}
