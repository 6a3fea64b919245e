import {
  defaultTriggers,
  type FaultName,
  type FaultSpec,
  type FaultTrigger,
  faultNames,
} from './fault-spec.js'

const triggers: readonly FaultTrigger[] = [
  'connect',
  'login',
  'command',
  'command-end',
  'output',
  'export-menu',
  'import-line',
  'scheduler-add',
  'scheduler-run',
  'backup-save',
  'backup-load',
  'transfer',
  'boot',
  'time',
]

/**
 * Reads a fault as the command line gives it: `name[:value][@part,part…]`, parts being a trigger or `key=value`.
 *
 * @example parseFault('drop@output,match=/export,byte=4096')
 * @example parseFault('clock-jump:+3600@after=60s')
 * @throws TypeError when a name, trigger or key is unknown.
 */
export function parseFault(text: string): FaultSpec {
  const at = text.indexOf('@')
  const head = at < 0 ? text : text.slice(0, at)
  const colon = head.indexOf(':')
  const name = colon < 0 ? head : head.slice(0, colon)
  if (!isFaultName(name)) throw new TypeError(`No such fault: ${name}. Known: ${faultNames.join(', ')}.`)
  const spec: { -readonly [K in keyof FaultSpec]: FaultSpec[K] } = { name }
  if (colon >= 0) spec.value = head.slice(colon + 1)
  for (const part of at < 0 ? [] : text.slice(at + 1).split(',')) {
    const [key = '', value] = splitOnce(part)
    if (value === undefined) spec.on = readTrigger(key)
    else if (key === 'match') spec.match = value
    else if (key === 'since') spec.since = value
    else if (key === 'nth') spec.nth = readCount(value)
    else if (key === 'line') spec.line = readCount(value)
    else if (key === 'byte')
      spec.byte = value.startsWith('~') ? { below: readCount(value.slice(1)) } : Number(value)
    else if (key === 'after') spec.afterMs = readDuration(value)
    else if (key === 'times') spec.times = value === 'always' ? Number.POSITIVE_INFINITY : readCount(value)
    else
      throw new TypeError(
        `No such part of a fault: ${key}. Known: match, since, nth, line, byte, after, times.`,
      )
  }
  return spec
}

/** The trigger a fault listens for: what it says, what its other parts imply, or the default of its name. */
export function triggerOf(spec: FaultSpec): FaultTrigger {
  if (spec.on !== undefined) return spec.on
  if (spec.afterMs !== undefined) return 'time'
  if (spec.byte !== undefined) return 'output'
  if (spec.line !== undefined) return 'import-line'
  return defaultTriggers[spec.name]
}

function isFaultName(name: string): name is FaultName {
  return (faultNames as readonly string[]).includes(name)
}

function readTrigger(text: string): FaultTrigger {
  const trigger = triggers.find((candidate) => candidate === text)
  if (trigger === undefined) throw new TypeError(`No such trigger: ${text}. Known: ${triggers.join(', ')}.`)
  return trigger
}

function readCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new TypeError(`Not a count: ${text}`)
  return Number(text)
}

/** `1500`, `90s`, `5m`, `2h` in ms. */
export function readDuration(text: string): number {
  const match = /^([+-]?\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text)
  if (!match) throw new TypeError(`Not a duration: ${text}`)
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] ?? 'ms'] ?? 1
  return Number(match[1]) * factor
}

function splitOnce(part: string): [string, string?] {
  const equals = part.indexOf('=')
  return equals < 0 ? [part] : [part.slice(0, equals), part.slice(equals + 1)]
}
