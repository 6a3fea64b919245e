import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { DeviceCommandFailedError } from '../errors/device-errors.js'
import { readGuardsCommand } from '../routeros/guard-commands.js'
import { nonceOfGuard, type PushNames } from '../routeros/push-names.js'
import { readFacts } from '../routeros/replies.js'
import { parseDate, parseDuration, parseMoment } from '../routeros/router-time.js'

/** The device counts in whole seconds: what it says may be late or early by one, ms. */
export const granularityMs = 1000

/** One guard entry as the device lists it. */
export interface GuardEntry {
  readonly name: string
  readonly enabled: boolean
  readonly runCount: number
  readonly intervalMs: number
  /** ms from the device's now to its next run; null when it has none. */
  readonly remainingMs: number | null
}

/** All guard entries on a device at one moment. */
export interface GuardReading {
  /** Wall clock of the device, read as UTC. */
  readonly routerNow: number
  readonly uptimeMs: number
  readonly entries: readonly GuardEntry[]
}

/** Reads clock, uptime and guard entries in one command. @throws errors of `DeviceSession.run` */
export async function readGuards(session: DeviceSession, options: RunOptions = {}): Promise<GuardReading> {
  const command = readGuardsCommand()
  const output = await session.runText(command, options)
  const facts = readFacts(output)
  const date = parseDate(facts.get('date') ?? '')
  const time = parseDuration(facts.get('time') ?? '')
  const uptimeMs = parseDuration(facts.get('uptime') ?? '')
  if (date === undefined || time === undefined || uptimeMs === undefined) {
    const { deviceId } = session.device
    throw new DeviceCommandFailedError({ deviceId, command: command.label, reason: 'not-understood' })
  }
  const routerNow = date + time
  const entries = output
    .split(/[\r\n]+/)
    .filter((line) => line.startsWith('tod-guard='))
    .map((line) => readEntry(line.slice('tod-guard='.length), routerNow))
  return { routerNow, uptimeMs, entries }
}

function readEntry(line: string, routerNow: number): GuardEntry {
  const [name = '', disabled = '', runCount = '', interval = '', nextRun = ''] = line.split('|')
  const next = parseMoment(nextRun, routerNow)
  return {
    name,
    enabled: disabled === 'false' || disabled === 'no',
    runCount: Number(runCount),
    intervalMs: parseDuration(interval) ?? 0,
    remainingMs: next === undefined ? null : next - routerNow,
  }
}

/** The two entries of an operation; each undefined when it is not listed. */
export function ownGuard(
  reading: GuardReading,
  names: PushNames,
): { readonly timed: GuardEntry | undefined; readonly boot: GuardEntry | undefined } {
  return {
    timed: reading.entries.find((entry) => entry.name === names.timedGuard),
    boot: reading.entries.find((entry) => entry.name === names.bootGuard),
  }
}

/** Entries of other operations or of other installations. */
export function foreignGuards(reading: GuardReading, nonce: string | null): readonly GuardEntry[] {
  return reading.entries.filter((entry) => nonce === null || nonceOfGuard(entry.name) !== nonce)
}

/** True for an entry that should have fired, or never will: a person has to look. */
export function isOverdue(entry: GuardEntry): boolean {
  return !entry.enabled || entry.runCount > 0 || (entry.intervalMs > 0 && entry.remainingMs === null)
}
