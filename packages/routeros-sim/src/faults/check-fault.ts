import { isKnownTimeZone } from '../time/time-zone.js'
import type { FaultName, FaultSpec } from './fault-spec.js'
import { readDuration } from './parse-fault.js'

interface FaultValue {
  /** What the value is, for the message about a wrong one. */
  readonly what: string
  isValid(value: string): boolean
}

const duration: FaultValue = { what: 'a duration (20s, 5m)', isValid: (value) => isDuration(value, /^\d/) }
const text: FaultValue = { what: 'a text', isValid: (value) => value !== '' }

/** Faults that take a value; the others take none. */
const VALUES: Partial<Readonly<Record<FaultName, FaultValue>>> = {
  'reboot-loop': duration,
  'slow-export': duration,
  'fail-export-menu': text,
  'fail-import': text,
  'refuse-guard': text,
  'disk-full': { what: 'a number of bytes', isValid: (value) => /^\d+$/.test(value) },
  'clock-jump': {
    what: 'seconds or a duration, with a sign (+3600, -2h)',
    isValid: (value) => isDuration(value, /^[+-]?\d/),
  },
  'time-zone-step': {
    what: 'minutes from UTC (+60) or a time zone (Europe/Riga)',
    isValid: (value) => /^[+-]?\d+$/.test(value) || isKnownTimeZone(value),
  },
}

function isDuration(value: string, start: RegExp): boolean {
  try {
    return start.test(value) && Number.isFinite(readDuration(value))
  } catch {
    return false
  }
}

/** Refuses a fault that could never do what it says. @throws TypeError that names the fault and the part */
export function checkFault({ name, value, byte, match, since }: FaultSpec): void {
  const wanted = VALUES[name]
  if (value !== undefined && wanted === undefined)
    throw new TypeError(`${name} takes no value, not ${value}.`)
  if (value !== undefined && wanted?.isValid(value) === false) {
    throw new TypeError(`${name} takes ${wanted.what}, not ${value}.`)
  }
  const offset = typeof byte === 'object' ? byte.below : byte
  if (offset !== undefined && !(Number.isInteger(offset) && offset >= 0)) {
    throw new TypeError(`byte= of ${name} takes a whole number, or ~ and a whole number.`)
  }
  for (const [part, pattern] of Object.entries({ match, since })) {
    if (pattern !== undefined && !isPattern(pattern)) {
      throw new TypeError(`${part}= of ${name} is no regular expression: ${pattern}`)
    }
  }
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp
  } catch {
    return false
  }
}
