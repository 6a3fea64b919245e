import type { TenantScope } from '../access/tenant-scope.js'
import type { DeviceSession } from '../device/device-session.js'
import { openSession } from '../device/open-session.js'
import { CoreError } from '../errors/core-error.js'
import type { HeldLease } from '../lock/hold-lease.js'
import { type PushOperation, pushStates } from '../model/push-operation.js'
import { pushNames } from '../routeros/push-names.js'
import type { ServicePorts } from '../service-ports.js'
import { cleanDevice } from './clean-device.js'
import { disarmGuard } from './disarm-guard.js'
import { ownGuard, readGuards } from './guard-reading.js'
import type { PushLog } from './push-log.js'

/** What ending a push before its launch needs. */
export interface AbortTools {
  readonly ports: ServicePorts
  readonly scope: TenantScope
  readonly lease: HeldLease
  readonly log: PushLog
  /** The connection in use, if there is one. */
  readonly session: DeviceSession | undefined
}

/**
 * Ends an operation that failed before its launch: takes off what may be on the device and closes the journal. When that
 * cannot be done or proven, the operation stays open and recovery does it; a guard that is left reloads the same
 * configuration at worst. After a lost lease nothing is done. Never throws: the failure itself is the caller's answer.
 */
export async function abortPush(tools: AbortTools, cause: unknown): Promise<void> {
  const { lease, log } = tools
  if (lease.lost.aborted || !log.operation.open || isLaunched(log)) return
  const errorCode = cause instanceof CoreError ? cause.code : undefined
  try {
    await lease.confirm()
    if (mayHaveTouched(log.operation) && !(await takeOff(tools))) return
    await log.step('aborted', 'Given up before anything was pushed.', {
      open: false,
      ...(errorCode === undefined ? {} : { errorCode }),
    })
  } catch {
    // The journal or the device is away: the operation stays open, and recovery ends it.
  }
}

function isLaunched(log: PushLog): boolean {
  return pushStates.indexOf(log.operation.state) >= pushStates.indexOf('launching')
}

/** True once files or a guard of the operation may be on the device. */
export function mayHaveTouched(operation: Pick<PushOperation, 'state'>): boolean {
  return pushStates.indexOf(operation.state) >= pushStates.indexOf('uploading')
}

/** Over the connection in use, or a new one when that is gone. */
async function takeOff(tools: AbortTools): Promise<boolean> {
  const { session, log, lease, ports, scope } = tools
  const options = { signal: lease.lost }
  if (session !== undefined && !session.closed.aborted) {
    const isOff = await takeOffUnlaunched(session, log, options).catch(() => false)
    if (isOff) return true
  }
  const fresh = await openSession(ports, scope, log.operation.deviceId, options)
  try {
    return await takeOffUnlaunched(fresh, log, options)
  } finally {
    await fresh.close()
  }
}

/** Takes guard and files of an operation off that was never launched. @returns whether all was seen to be gone */
export async function takeOffUnlaunched(
  session: DeviceSession,
  log: PushLog,
  options: { readonly signal?: AbortSignal },
): Promise<boolean> {
  const names = pushNames(log.operation.nonce, log.operation.storageFolder ?? '')
  if (!(await cleanDevice(session, names, options))) return false
  await disarmGuard(session, names, options)
  const { timed, boot } = ownGuard(await readGuards(session, options), names)
  return timed === undefined && boot === undefined
}
