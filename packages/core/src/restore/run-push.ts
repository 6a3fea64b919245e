import type { TenantScope } from '../access/tenant-scope.js'
import type { BackupService } from '../backup/backup-service.js'
import type { DeviceSession } from '../device/device-session.js'
import { LockoutRefusedError } from '../errors/push-errors.js'
import type { HeldLease } from '../lock/hold-lease.js'
import type { PushOperation } from '../model/push-operation.js'
import { analyzeLockout } from '../plan/analyze-lockout.js'
import { compareMeaning, type MeaningDifference } from '../plan/compare-meaning.js'
import type { PushPlan } from '../plan/push-plan.js'
import { readAccess } from '../plan/read-access.js'
import { pushNames } from '../routeros/push-names.js'
import type { ServicePorts } from '../service-ports.js'
import { throwIfAborted } from '../time/with-deadline.js'
import { abortPush } from './abort-push.js'
import { probeForGuard } from './arm-guard.js'
import { foreignGuards, readGuards } from './guard-reading.js'
import { launchGuardedPush } from './guarded-push.js'
import type { StoredExport } from './load-target.js'
import { type HashedPlan, makePlan, requireFitting, requirePlanHash } from './make-plan.js'
import { pushBinary } from './push-binary.js'
import { pushBudget } from './push-budget.js'
import { PushLog } from './push-log.js'
import type { PushRequest } from './push-request.js'
import { reachDevice } from './reach-device.js'
import { refuseForeignGuards } from './refuse-foreign-guards.js'
import { neverInExports } from './to-result.js'

/** What a push is run with. */
export interface PushTools {
  readonly ports: ServicePorts
  readonly backups: BackupService
}

/**
 * Runs a push from the lock on, under a lease that the caller holds. Until the launch a failure throws, with everything
 * taken off the device again or the operation left open for recovery; from then on the answer is an operation.
 */
export async function runPush(
  tools: PushTools,
  scope: TenantScope,
  lease: HeldLease,
  request: PushRequest,
  target: StoredExport,
): Promise<PushOperation> {
  const { ports } = tools
  const nonce = ports.random.hex(16)
  const log = await PushLog.open(
    ports,
    scope,
    newRecord(ports, scope, request, nonce),
    lease.lease.fencingToken,
  )
  const signal = AbortSignal.any([request.signal, lease.lost])
  let session: DeviceSession | undefined
  try {
    session = await reachDevice(ports, scope, request.deviceId, request.reachPatienceMs, signal)
    return await prepareAndPush(tools, scope, lease, request, target, { log, session, signal })
  } catch (error) {
    await abortPush({ ports, scope, lease, log, session }, error)
    throw error
  } finally {
    await session?.close()
  }
}

interface Preparing {
  readonly log: PushLog
  readonly session: DeviceSession
  readonly signal: AbortSignal
}

async function prepareAndPush(
  tools: PushTools,
  scope: TenantScope,
  lease: HeldLease,
  request: PushRequest,
  target: StoredExport,
  { log, session, signal }: Preparing,
): Promise<PushOperation> {
  const { ports, backups } = tools
  const { deviceId, strategy } = request
  refuseForeignGuards(deviceId, foreignGuards(await readGuards(session, { signal }), null))

  const { row, capture } = await backups.runUnderLease(
    scope,
    { deviceId, trigger: request.preTrigger, signal },
    lease,
    session,
  )
  await log.step('backed-up', 'The present configuration is backed up.', {
    facts: { commitSha: row.commitSha },
    changes: { preBackupSha: row.commitSha, storageFolder: capture.facts.storageFolder },
  })

  const current = capture.export
  requireFitting({ deviceId, strategy, current, target }, request.allowOtherHardware)
  const lockout = analyzeLockout(current, target, await readAccess(session, { signal }))
  const binaryAware = strategy === 'binary' ? undefined : strategy
  const hashed: HashedPlan | undefined =
    binaryAware && (await makePlan(ports, scope, { deviceId, strategy: binaryAware, current, target }))
  if (hashed !== undefined) requirePlanHash(deviceId, hashed.planHash, request.expectedPlanHash)
  const budget = pushBudget({
    statementCount: hashed?.plan.statementCount ?? 0,
    exportMs: capture.exportMs,
    settleWindowMs: request.settleWindowMs,
  })
  const isDone = hashed !== undefined && hashed.plan.lines.length === 0
  const left = compareMeaning(current, target)
  const isEqual = left.changes.length === 0
  await log.step('planned', isDone ? 'There is nothing to push.' : 'The push is planned.', {
    facts: {
      statements: hashed?.plan.statementCount ?? 0,
      lockout: lockout.verdict,
      deadlineMs: budget.deadlineMs,
    },
    changes: {
      planHash: hashed?.planHash ?? null,
      budget,
      lockout,
      unverified: unverifiedParts(left, hashed?.plan),
      ...(isDone ? { converged: isEqual, residual: left.residual } : {}),
    },
  })
  if (isDone) {
    const because = isEqual
      ? 'The device has the target configuration already'
      : 'No command can bring about what still differs'
    return log.step('committed', `${because}; nothing was pushed.`, { open: false })
  }
  if (lockout.verdict === 'lockout' && request.onLockout === 'refuse') {
    throw new LockoutRefusedError({ deviceId, verdict: lockout.verdict })
  }
  throwIfAborted(signal)

  const names = pushNames(log.operation.nonce, capture.facts.storageFolder)
  const pushing = { ports, scope, lease, log, session, names, capture, target, request, signal, lockout }
  if (hashed === undefined) return pushBinary(pushing)
  await probeForGuard(session, capture.facts, capture.policies, { signal })
  return launchGuardedPush({ ...pushing, plan: hashed.plan, budget })
}

/** What the result cannot vouch for: never exported, hidden on one side, or not to be done by commands. */
function unverifiedParts(left: MeaningDifference, plan: PushPlan | undefined): readonly string[] {
  const hidden = left.unknown.map((value) => `${value.menu} ${value.property}: hidden in one of the exports`)
  const undone = (plan?.unsupported ?? []).map((part) =>
    [part.menu, part.label, part.property].filter(Boolean).join(' ').concat(`: ${part.reason}`),
  )
  return [...neverInExports, ...new Set([...hidden, ...undone])]
}

function newRecord(ports: ServicePorts, scope: TenantScope, request: PushRequest, nonce: string) {
  return {
    operationId: request.operationId,
    tenantId: scope.tenantId,
    deviceId: request.deviceId,
    kind: request.kind,
    strategy: request.strategy,
    requestedBy: scope.principalId,
    createdAt: ports.clock.now(),
    targetSha: request.targetSha,
    preTrigger: request.preTrigger,
    preBackupSha: null,
    planHash: null,
    nonce,
    onResidual: request.onResidual,
    onLockout: request.onLockout,
    probes: request.probes,
    budget: null,
    storageFolder: null,
    launch: null,
    verifiedDigest: null,
    converged: false,
    residual: [],
    unverified: [],
    lockout: null,
    probeResults: [],
    failure: null,
  }
}
