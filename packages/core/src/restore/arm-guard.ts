import { judgeBinary, saveAndFetchBackup } from '../backup/capture-binary.js'
import type { DeviceFacts } from '../backup/device-facts.js'
import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { hasErrorCode } from '../errors/core-error.js'
import { DeviceCommandFailedError } from '../errors/device-errors.js'
import { GuardNotArmedError } from '../errors/push-errors.js'
import type { PushBudget } from '../model/push-operation.js'
import { readDeviceModeCommand, readFlaggedCommand } from '../routeros/commands.js'
import {
  armGuardCommand,
  guardPolicies,
  neededPolicies,
  showGuardCommand,
} from '../routeros/guard-commands.js'
import type { PushNames } from '../routeros/push-names.js'
import type { ServicePorts } from '../service-ports.js'
import { foreignGuards, type GuardReading, granularityMs, ownGuard, readGuards } from './guard-reading.js'
import { refuseForeignGuards } from './refuse-foreign-guards.js'

type ArmPorts = Pick<ServicePorts, 'clock' | 'limits'>

/** Wait of the boot entry before it loads: the storage and the console have to be up. */
const bootDelayMs = 10_000

/**
 * Finds out before anything is touched whether a guard can work here: device-mode lets schedulers be used, nothing is
 * flagged, the account has the policies that loading a backup takes.
 *
 * @throws GUARD_NOT_ARMED and errors of `DeviceSession.run`
 */
export async function probeForGuard(
  session: DeviceSession,
  facts: DeviceFacts,
  policies: ReadonlySet<string> | null,
  options: RunOptions,
): Promise<void> {
  const { deviceId } = session.device
  const missing = policies === null ? [] : neededPolicies.filter((policy) => !policies.has(policy))
  if (missing.length > 0) {
    throw new GuardNotArmedError({ deviceId, reason: `policies missing: ${missing.join(', ')}` })
  }
  if (facts.version.major < 7) return
  const scheduler = await readIfKnown(session, readDeviceModeCommand(), 'scheduler', options)
  if (scheduler === 'no' || scheduler === 'false') {
    throw new GuardNotArmedError({ deviceId, reason: 'device-mode forbids schedulers' })
  }
  const flagged = await readIfKnown(session, readFlaggedCommand(), 'flagged', options)
  if (flagged === 'yes' || flagged === 'true') {
    throw new GuardNotArmedError({ deviceId, reason: 'the configuration is flagged' })
  }
}

/**
 * Saves the backup that the guard will load, older than the guard so that loading it removes the guard, and proves that
 * it is whole.
 *
 * @returns size in bytes
 * @throws GUARD_NOT_ARMED · PUSH_IN_PROGRESS and errors of the connection
 */
export async function saveGuardBackup(
  ports: ArmPorts,
  session: DeviceSession,
  names: PushNames,
  options: RunOptions,
): Promise<number> {
  const { deviceId } = session.device
  const binaryPorts = { clock: ports.clock, saveTimeoutMs: ports.limits.saveBackupMs }
  try {
    const content = await saveAndFetchBackup(binaryPorts, session, names.backupName, options)
    const reason = judgeBinary(content)
    if (reason !== undefined) throw new GuardNotArmedError({ deviceId, reason: `its backup is ${reason}` })
    // A backup that holds the guard of another installation would bring it back when it is loaded.
    refuseForeignGuards(deviceId, foreignGuards(await readGuards(session, options), names.nonce))
    return content.length
  } catch (cause) {
    const isRefusal =
      hasErrorCode(cause, 'DEVICE_COMMAND_FAILED') || hasErrorCode(cause, 'BINARY_BACKUP_INVALID')
    if (!isRefusal) throw cause
    const reason = cause.details.reason
    throw new GuardNotArmedError({ deviceId, reason: `its backup could not be saved: ${reason}` }, { cause })
  }
}

/** A guard that was seen on the device. */
export interface ArmedGuard {
  /** On our monotonic clock, counted from before the command was sent: it fires then at the earliest. */
  readonly firesAt: number
  readonly reading: GuardReading
}

/**
 * Puts both entries on and sees them: listed, enabled, never run, no "inactivated" note, the timed one due within the
 * interval that was asked for. The caller removes them when this throws after the command was sent.
 *
 * @throws GUARD_NOT_ARMED · PUSH_IN_PROGRESS and errors of the connection
 */
export async function armGuard(
  ports: ArmPorts,
  session: DeviceSession,
  names: PushNames,
  budget: PushBudget,
  policies: ReadonlySet<string> | null,
  options: RunOptions,
): Promise<ArmedGuard> {
  const { deviceId } = session.device
  const asked =
    policies === null ? [...guardPolicies] : guardPolicies.filter((policy) => policies.has(policy))
  const command = armGuardCommand(names, budget.deadlineMs, bootDelayMs, asked)
  const sentAt = ports.clock.monotonicMs()
  try {
    await session.run(command, options)
  } catch (cause) {
    if (!(cause instanceof DeviceCommandFailedError)) throw cause
    throw new GuardNotArmedError(
      { deviceId, reason: `the device refused it: ${cause.details.reason}` },
      { cause },
    )
  }
  const reading = await readGuards(session, options)
  const lateMs = ports.clock.monotonicMs() - sentAt
  // Another installation may have armed its own at the same time: both see both, and both give way.
  refuseForeignGuards(deviceId, foreignGuards(reading, names.nonce))
  const reason = judgeArmed(reading, names, budget.deadlineMs, lateMs)
  if (reason !== undefined) throw new GuardNotArmedError({ deviceId, reason })
  const shown = await session.runText(showGuardCommand(names), options)
  if (/inactivated/i.test(shown))
    throw new GuardNotArmedError({ deviceId, reason: 'its entries are inactivated' })
  return { firesAt: sentAt + budget.deadlineMs - granularityMs, reading }
}

/** Why a reading does not show an armed guard; undefined when it does. @param lateMs since the command was sent. */
export function judgeArmed(
  reading: GuardReading,
  names: PushNames,
  deadlineMs: number,
  lateMs: number,
): string | undefined {
  const { timed, boot } = ownGuard(reading, names)
  if (timed === undefined || boot === undefined) return 'its entries are not listed'
  if (!timed.enabled || !boot.enabled) return 'its entries are disabled'
  if (timed.runCount !== 0 || boot.runCount !== 0) return 'an entry has run already'
  if (timed.remainingMs === null) return 'the timed entry has no next run'
  const tooLate = timed.remainingMs > deadlineMs + granularityMs
  const tooEarly = timed.remainingMs < deadlineMs - lateMs - 2 * granularityMs
  if (tooLate || tooEarly) return 'the timed entry is not due when it should be'
  return undefined
}

/** A property that some versions do not have: undefined there. */
async function readIfKnown(
  session: DeviceSession,
  command: Parameters<DeviceSession['readFacts']>[0],
  name: string,
  options: RunOptions,
): Promise<string | undefined> {
  try {
    return (await session.readFacts(command, options)).get(name)
  } catch (error) {
    if (hasErrorCode(error, 'DEVICE_COMMAND_FAILED')) return undefined
    throw error
  }
}
