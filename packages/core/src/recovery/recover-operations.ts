import type { SystemScope, TenantScope } from '../access/tenant-scope.js'
import { openSession } from '../device/open-session.js'
import { CoreError } from '../errors/core-error.js'
import type { ErrorCode } from '../errors/error-codes.js'
import { type HeldLease, takeLease } from '../lock/hold-lease.js'
import { type PushOperation, pushStates } from '../model/push-operation.js'
import type { OpenOperation } from '../ports/push-journal.js'
import { mayHaveTouched, takeOffUnlaunched } from '../restore/abort-push.js'
import { concludePush, lookOnce, rebootAllowanceMs } from '../restore/conclude-push.js'
import { loadTarget } from '../restore/load-target.js'
import { concludeBinary } from '../restore/push-binary.js'
import type { PushContext } from '../restore/push-context.js'
import { PushLog } from '../restore/push-log.js'
import { pushNames } from '../routeros/push-names.js'
import type { ServicePorts } from '../service-ports.js'

/** What became of one open operation. */
export interface RecoveryOutcome {
  readonly operationId: string
  readonly deviceId: string
  /** `busy`: another holds the device. `open`: nothing could be learned, to be tried again. */
  readonly outcome: 'ended' | 'busy' | 'open'
  /** State it is in now, when it was looked at. */
  readonly state?: PushOperation['state']
  /** Why it stays open: an `ErrorCode`. */
  readonly error?: ErrorCode
}

/** Devices that are recovered at the same time. */
const mostAtOnce = 20

/**
 * Brings every open operation to its end by what the devices show. Safe to run in any number of processes: each
 * operation is taken with a lease and a fencing token. Nothing is guessed: what a device does not show stays open.
 *
 * @param options `signal` stops between two acts; `only` limits it to the operations of one device.
 */
export async function recoverOperations(
  ports: ServicePorts,
  options: {
    readonly signal?: AbortSignal
    readonly only?: Pick<OpenOperation, 'tenantId' | 'deviceId'>
  } = {},
): Promise<readonly RecoveryOutcome[]> {
  const system = ports.guard.openSystemScope('recovery')
  const all = await ports.journal.listOpen(system)
  const { only } = options
  const open = all.filter(
    ({ tenantId, deviceId }) =>
      only === undefined || (tenantId === only.tenantId && deviceId === only.deviceId),
  )
  const outcomes: RecoveryOutcome[] = []
  const left = [...open]
  const work = async () => {
    for (let next = left.shift(); next !== undefined && !options.signal?.aborted; next = left.shift()) {
      outcomes.push(await recoverOne(ports, system, next, options))
    }
  }
  await Promise.all(Array.from({ length: mostAtOnce }, work))
  return outcomes
}

async function recoverOne(
  ports: ServicePorts,
  system: SystemScope,
  open: OpenOperation,
  options: { readonly signal?: AbortSignal },
): Promise<RecoveryOutcome> {
  const { operationId, deviceId, tenantId } = open
  const scope = ports.guard.enterAsSystem(system, tenantId)
  const answer = { operationId, deviceId }
  let lease: HeldLease | undefined
  try {
    lease = await takeLease(ports, scope, deviceId, 'recovery')
    if (lease === undefined) return { ...answer, outcome: 'busy' }
    const operation = await recoverUnderLease(ports, scope, lease, operationId, options.signal)
    if (operation === undefined) return { ...answer, outcome: 'ended' }
    return { ...answer, outcome: operation.open ? 'open' : 'ended', state: operation.state }
  } catch (error) {
    if (error instanceof CoreError) return { ...answer, outcome: 'open', error: error.code }
    throw error
  } finally {
    await lease?.release()
  }
}

/** Recovers one operation under a lease; undefined when it is gone or has ended meanwhile. */
async function recoverUnderLease(
  ports: ServicePorts,
  scope: TenantScope,
  lease: HeldLease,
  operationId: string,
  signal: AbortSignal | undefined,
): Promise<PushOperation | undefined> {
  const operation = await ports.journal.find(scope, operationId)
  if (operation === undefined || !operation.open) return undefined
  const log = PushLog.resume(ports, scope, operation, lease.lease.fencingToken)
  const held = signal === undefined ? lease : { ...lease, lost: AbortSignal.any([lease.lost, signal]) }
  if (!(await isThere(ports, scope, operation, held))) {
    return log.step('failed', 'The device was removed; nothing can be seen any more.', { open: false })
  }
  // The first write fences everybody off who held the device before.
  await log.step(operation.state, 'Another process goes on with this operation.')
  if (!isLaunched(operation)) return recoverUnlaunched(ports, scope, held, log)

  const context = await contextOf(ports, scope, held, log)
  if (context === undefined) return log.operation
  if (operation.strategy === 'binary') {
    const patienceMs = Math.max(0, operation.createdAt + 2 * rebootAllowanceMs - ports.clock.now())
    return concludeBinary(context, Math.min(patienceMs, rebootAllowanceMs))
  }
  const look = await lookOnce(context)
  if (look.kind === 'ended') return look.operation
  // A device that does not answer is asked again later: by then its guard has fired.
  if (look.kind === 'silent') return log.operation
  return concludePush(context)
}

/**
 * Whether the device is still known. Where it has to be looked at, it has to answer too: nothing is written for one that
 * does not, however often it is tried.
 *
 * @throws errors of the connection
 */
async function isThere(
  ports: ServicePorts,
  scope: TenantScope,
  operation: PushOperation,
  lease: HeldLease,
): Promise<boolean> {
  if ((await ports.devices.find(scope, operation.deviceId)) === undefined) return false
  if (!mayHaveTouched(operation)) return true
  const session = await openSession(ports, scope, operation.deviceId, { signal: lease.lost })
  await session.close()
  return true
}

function isLaunched(operation: PushOperation): boolean {
  return pushStates.indexOf(operation.state) >= pushStates.indexOf('launching')
}

/** Nothing was pushed: whatever may be on the device is taken off, and seen to be gone. */
async function recoverUnlaunched(
  ports: ServicePorts,
  scope: TenantScope,
  lease: HeldLease,
  log: PushLog,
): Promise<PushOperation> {
  const { operation } = log
  if (mayHaveTouched(operation)) {
    const session = await openSession(ports, scope, operation.deviceId, { signal: lease.lost })
    try {
      await lease.confirm()
      if (!(await takeOffUnlaunched(session, log, { signal: lease.lost }))) return log.operation
    } finally {
      await session.close()
    }
  }
  return log.step('aborted', 'Given up before anything was pushed.', { open: false })
}

/**
 * When the guard fires at the latest, on our monotonic clock. The journal says it in wall-clock time of whoever wrote it;
 * however wrong that clock was, a guard has no more than one interval left.
 */
function firesByJournal(ports: ServicePorts, { launch, budget }: PushOperation): number | null {
  if (launch === null || budget === null) return null
  const leftMs = Math.min(launch.guardFiresBy - ports.clock.now(), budget.deadlineMs + ports.limits.commandMs)
  return ports.clock.monotonicMs() + leftMs
}

/** What the steps work with, made again from journal and storage; undefined when the device has no backup to compare. */
async function contextOf(
  ports: ServicePorts,
  scope: TenantScope,
  lease: HeldLease,
  log: PushLog,
): Promise<PushContext | undefined> {
  const { deviceId, targetSha, preBackupSha, nonce, storageFolder } = log.operation
  if (preBackupSha === null) return undefined
  const target = await loadTarget(ports, scope, { deviceId, commitSha: targetSha })
  const before = await loadTarget(ports, scope, { deviceId, commitSha: preBackupSha })
  return {
    ports,
    scope,
    lease,
    log,
    names: pushNames(nonce, storageFolder ?? ''),
    target,
    before,
    capture: {
      majorVersion: before.document.header.major,
      maySeeSecrets: before.secrets !== 'omitted',
    },
    cancel: new AbortController().signal,
    firesAt: null,
    launchedAt: null,
    firesBy: firesByJournal(ports, log.operation),
    mayExtend: log.operation.launch?.hasUptimeTimer !== true,
  }
}
