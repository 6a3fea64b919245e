import { type CapturedExport, captureExport } from '../backup/capture-export.js'
import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { hasErrorCode } from '../errors/core-error.js'
import type { LaunchFacts, PushOperation, ResidualChange } from '../model/push-operation.js'
import { compareMeaning } from '../plan/compare-meaning.js'
import { type RouterCommand, readTextFileCommand } from '../routeros/commands.js'
import {
  countJobsCommand,
  countStepCommand,
  type LaunchOutcome,
  parseOutcome,
} from '../routeros/launch-script.js'
import type { PushNames } from '../routeros/push-names.js'
import { type GuardReading, granularityMs, ownGuard, readGuards } from './guard-reading.js'
import { actSignal, type PushContext } from './push-context.js'

/** What the device shows at one moment, as far as decisions need it. */
export interface Evidence {
  readonly guardListed: boolean
  /** An entry that is listed has run: a load is under way, or has failed. */
  readonly guardHasRun: boolean
  /**
   * When the guard fires at the earliest by the device's own clock and uptime, on our monotonic clock; null when nothing
   * on the device says it.
   */
  readonly guardFiresAt: number | null
  readonly exportEquals: 'target' | 'before' | 'neither'
  /** Differs from the target. */
  readonly residual: readonly ResidualChange[]
  /** Keyed digest of the export's meaning. */
  readonly digest: string
  readonly outcome: LaunchOutcome
  readonly jobRuns: boolean
  /** Null when nothing was launched. */
  readonly bootedSinceLaunch: boolean | null
  readonly uptimeMs: number
  readonly reading: GuardReading
  readonly export: CapturedExport
}

/** Reads everything over one connection. @throws errors of the connection · EXPORT_INCOMPLETE */
export async function observeDevice(context: PushContext, session: DeviceSession): Promise<Evidence> {
  const { log, names, ports, scope } = context
  const options: RunOptions = { signal: actSignal(context) }
  const operation = log.operation
  const askedAt = ports.clock.monotonicMs()
  const reading = await readGuards(session, options)
  const outcome = await readOutcome(session, names, options)
  const jobRuns = await hasJob(session, names, operation.launch?.jobId ?? null, options)
  const isSameBoot = operation.launch !== null && (await hasStep(session, names, options))
  const elapsedMs = sinceLaunch(context)
  const present = await captureExport(session, {
    ...context.capture,
    secrets: context.target.secrets ?? 'included',
    timeoutMs: exportLimitMs(context),
    ...options,
  })
  const { timed, boot } = ownGuard(reading, names)
  const toTarget = compareMeaning(present, context.target)
  const isBefore = toTarget.changes.length > 0 && compareMeaning(present, context.before).changes.length === 0
  const place = { deviceId: operation.deviceId, file: 'export.rsc' } as const
  return {
    guardListed: timed !== undefined || boot !== undefined,
    guardHasRun: [timed, boot].some((entry) => entry !== undefined && entry.runCount > 0),
    guardFiresAt: firesAtEarliest(askedAt, [
      timed?.remainingMs ?? null,
      uptimeTimerRemainingMs(operation, reading.uptimeMs),
    ]),
    exportEquals: toTarget.changes.length === 0 ? 'target' : isBefore ? 'before' : 'neither',
    residual: toTarget.residual,
    digest: await ports.secretBox.digest(scope, place, new TextEncoder().encode(present.significant)),
    outcome,
    jobRuns,
    bootedSinceLaunch:
      operation.launch === null
        ? null
        : !isSameBoot && hasBooted(operation.launch, reading.uptimeMs, elapsedMs),
    uptimeMs: reading.uptimeMs,
    reading,
    export: present,
  }
}

/**
 * ms until the timer by uptime fires at the earliest: it was started after the launch and waits for the whole interval.
 * Null when the script starts none.
 */
function uptimeTimerRemainingMs(operation: PushOperation, uptimeMs: number): number | null {
  const { launch, budget } = operation
  if (launch === null || budget === null || !launch.hasUptimeTimer) return null
  return launch.uptimeMs + budget.deadlineMs - uptimeMs
}

/** The device answers after it was asked, and counts in whole seconds. */
function firesAtEarliest(askedAt: number, remaining: readonly (number | null)[]): number | null {
  const known = remaining.filter((ms) => ms !== null)
  return known.length === 0 ? null : askedAt + Math.min(...known) - granularityMs
}

/** Least time that an export is given, ms. */
const shortestExportMs = 30_000

/** A stalled export must leave time to look again before the guard fires. */
function exportLimitMs({ ports, firesAt }: PushContext): number {
  const { exportMs } = ports.limits
  const left = firesAt === null ? exportMs : (firesAt - ports.clock.monotonicMs()) / 2
  return left <= 0 ? exportMs : Math.min(exportMs, Math.max(shortestExportMs, left))
}

/** What the outcome file says. */
export async function readOutcome(
  session: DeviceSession,
  names: PushNames,
  options: RunOptions = {},
): Promise<LaunchOutcome> {
  const output = await session.runText(readTextFileCommand(names.outcomeFile), options)
  const start = output.indexOf('tod:contents=')
  return parseOutcome(names, start < 0 ? undefined : output.slice(start + 'tod:contents='.length))
}

/** True while the import's job runs. */
export async function hasJob(
  session: DeviceSession,
  names: PushNames,
  jobId: string | null,
  options: RunOptions = {},
): Promise<boolean> {
  return (await countOf(session, countJobsCommand(names, jobId), 'jobs', options)) > 0
}

/** True when the step variable is there: it was set after the launch, and a boot forgets it. */
async function hasStep(session: DeviceSession, names: PushNames, options: RunOptions): Promise<boolean> {
  try {
    return (await countOf(session, countStepCommand(names), 'steps', options)) > 0
  } catch (error) {
    if (hasErrorCode(error, 'DEVICE_COMMAND_FAILED')) return false
    throw error
  }
}

async function countOf(
  session: DeviceSession,
  command: RouterCommand,
  name: string,
  options: RunOptions,
): Promise<number> {
  return Number((await session.readFacts(command, options)).get(name) ?? 0)
}

/** Least difference that tells a boot from clocks that do not agree, ms. */
const uptimeSlackMs = 20_000

/** Time since the launch, ms: by our monotonic clock, or after a restart of ours by the wall clock. */
function sinceLaunch({ launchedAt, log, ports }: PushContext): number {
  if (launchedAt !== null) return ports.clock.monotonicMs() - launchedAt
  return Math.max(0, ports.clock.now() - (log.operation.launch?.at ?? ports.clock.now()))
}

/** Whether the device has booted since the launch: its uptime is below what it was, or what it must have grown to. */
export function hasBooted(
  launch: Pick<LaunchFacts, 'uptimeMs'>,
  uptimeMs: number,
  elapsedMs: number,
): boolean {
  const slackMs = uptimeSlackMs + elapsedMs * 0.05
  return uptimeMs < launch.uptimeMs || uptimeMs < launch.uptimeMs + elapsedMs - slackMs
}
