import { byteStringToBytes } from '@tod/rsc-parser'
import type { TenantScope } from '../access/tenant-scope.js'
import type { DeviceCapture } from '../backup/capture-device.js'
import { captureExport } from '../backup/capture-export.js'
import type { DeviceSession } from '../device/device-session.js'
import { CoreError } from '../errors/core-error.js'
import { DeviceChangedError, GuardNotArmedError } from '../errors/push-errors.js'
import type { HeldLease } from '../lock/hold-lease.js'
import type { LockoutReport, PushBudget, PushOperation } from '../model/push-operation.js'
import { compareMeaning } from '../plan/compare-meaning.js'
import type { PushPlan } from '../plan/push-plan.js'
import { readFileSizeCommand } from '../routeros/commands.js'
import { launchCommand, pendingOutcome, planScript } from '../routeros/launch-script.js'
import type { PushNames } from '../routeros/push-names.js'
import type { ServicePorts } from '../service-ports.js'
import { throwIfAborted } from '../time/with-deadline.js'
import { type ArmedGuard, armGuard, saveGuardBackup } from './arm-guard.js'
import { awaitOutcome } from './await-outcome.js'
import { concludePush } from './conclude-push.js'
import { granularityMs } from './guard-reading.js'
import type { StoredExport } from './load-target.js'
import type { PushContext } from './push-context.js'
import type { PushLog } from './push-log.js'
import type { PushRequest } from './push-request.js'

/** A push that is prepared: backed up and planned, nothing on the device yet. */
export interface PreparedPush {
  readonly ports: ServicePorts
  readonly scope: TenantScope
  readonly lease: HeldLease
  readonly log: PushLog
  readonly session: DeviceSession
  readonly names: PushNames
  readonly capture: DeviceCapture
  readonly target: StoredExport
  readonly request: PushRequest
  readonly lockout: LockoutReport
  /** Fires when the caller cancels or the lease is lost; for everything before the launch. */
  readonly signal: AbortSignal
}

/** The same with a plan to run under a guard. */
export interface GuardedPush extends PreparedPush {
  readonly plan: PushPlan
  readonly budget: PushBudget
}

/** Space on the device beyond what our files take, bytes. */
const spareBytes = 64 * 1024

/**
 * Upload, guard, last look, launch, and then whatever the evidence says.
 *
 * @throws before the launch only: GUARD_NOT_ARMED · PUSH_IN_PROGRESS · DEVICE_CHANGED · errors of the connection
 */
export async function launchGuardedPush(push: GuardedPush): Promise<PushOperation> {
  const { log, names, plan, budget, session, ports, signal } = push
  const script = planScript(names, plan.lines, Math.ceil(budget.deadlineMs / 1000))
  const { savedAt, backupBytes } = await upload(push, byteStringToBytes(script))
  const writtenBackAt = savedAt + ports.limits.writeBackMs
  await ports.clock.sleep(writtenBackAt - ports.clock.monotonicMs(), { signal })
  await log.step('arming', 'The guard is put on.')
  const guard = await armGuard(ports, session, names, budget, push.capture.policies, { signal })
  log.setGuardFiresAt(guard.firesAt)
  await log.step('armed', 'The guard was seen on the device.', {
    facts: { backupBytes, deadlineMs: budget.deadlineMs },
  })
  await requireUnchanged(push)
  throwIfAborted(signal)
  requireTime(push, guard)

  const context = await announceLaunch(push, guard)
  try {
    await sendLaunch(push, context)
    const outcome = await awaitOutcome(context, session)
    // An import that failed is not waited for: what it left behind is looked at, and undone, at once.
    if (outcome.kind !== 'error') await settle(context)
    return await concludePush(context)
  } catch (error) {
    // The journal, the lease or the keys are gone: nothing more is done here, and the guard decides.
    if (error instanceof CoreError) return log.operation
    throw error
  }
}

/**
 * Saves the backup that the guard will load, then sends the plan. Everything slow comes before arming, so that it costs
 * no guard time.
 */
async function upload(
  push: GuardedPush,
  script: Uint8Array,
): Promise<{ readonly savedAt: number; readonly backupBytes: number }> {
  const { log, names, session, signal, capture, ports } = push
  const { deviceId } = session.device
  const needed = script.length + 2 * (capture.binary?.length ?? spareBytes) + spareBytes
  if (capture.facts.freeBytes !== null && capture.facts.freeBytes < needed) {
    throw new GuardNotArmedError({ deviceId, reason: 'not enough space for backup and plan' })
  }
  await log.step('uploading', "The guard's backup is saved and the plan is sent.", {
    facts: { bytes: script.length },
  })
  const backupBytes = await saveGuardBackup(ports, session, names, { signal })
  const savedAt = ports.clock.monotonicMs()
  await session.upload(names.planFile, script, { signal })
  await session.upload(names.outcomeFile, byteStringToBytes(pendingOutcome(names)), { signal })
  for (const [path, size] of [
    [names.planFile, script.length],
    [names.outcomeFile, pendingOutcome(names).length],
  ] as const) {
    const facts = await session.readFacts(readFileSizeCommand(path), { signal })
    if (Number(facts.get('size')) !== size) {
      throw new GuardNotArmedError({ deviceId, reason: 'a file did not arrive whole' })
    }
  }
  return { savedAt, backupBytes }
}

/** The device still has what the plan was made from. @throws DEVICE_CHANGED */
async function requireUnchanged(push: GuardedPush): Promise<void> {
  const { session, capture, ports, signal, budget } = push
  const present = await captureExport(session, {
    majorVersion: capture.facts.version.major,
    secrets: capture.export.secrets,
    maySeeSecrets: capture.export.secrets === 'included',
    // A stalled export must not use up the guard's time.
    timeoutMs: Math.min(ports.limits.exportMs, budget.verifyMs),
    signal,
  })
  if (compareMeaning(capture.export, present).changes.length > 0) {
    throw new DeviceChangedError({ deviceId: session.device.deviceId, since: 'plan' })
  }
}

/** Enough of the guard's time is left for the whole push. @throws GUARD_NOT_ARMED */
function requireTime(push: GuardedPush, guard: ArmedGuard): void {
  const { budget, ports, session } = push
  const left = guard.firesAt - ports.clock.monotonicMs()
  if (left < budget.importMs / 2 + budget.settleWindowMs + budget.verifyMs / 2 + 2 * budget.marginMs) {
    const { deviceId } = session.device
    throw new GuardNotArmedError({ deviceId, reason: 'arming took too much of its time' })
  }
}

async function announceLaunch(push: GuardedPush, guard: ArmedGuard): Promise<PushContext> {
  const { ports, scope, lease, log, names, capture, target, request, plan } = push
  const elapsedMs = Math.max(0, ports.clock.monotonicMs() - (guard.firesAt - push.budget.deadlineMs))
  const launchFacts = {
    uptimeMs: guard.reading.uptimeMs,
    at: ports.clock.now() - elapsedMs,
    guardFiresBy: ports.clock.now() + (guard.firesAt - ports.clock.monotonicMs()) + 2 * granularityMs,
    statementCount: plan.statementCount,
    hasUptimeTimer: plan.lines.some((line) => line.movesClock),
    jobId: null,
  }
  await log.step('launching', 'The plan is started on the device.', { changes: { launch: launchFacts } })
  return {
    ports,
    scope,
    lease,
    log,
    names,
    target,
    before: capture.export,
    capture: {
      majorVersion: capture.facts.version.major,
      maySeeSecrets: capture.export.secrets === 'included',
    },
    cancel: request.signal,
    plan,
    firesAt: guard.firesAt,
    launchedAt: ports.clock.monotonicMs() - elapsedMs,
    firesBy: guard.firesAt + 2 * granularityMs,
    mayExtend: !launchFacts.hasUptimeTimer,
  }
}

async function sendLaunch(push: GuardedPush, context: PushContext): Promise<void> {
  const { lease, log, session, names, capture } = push
  await lease.confirm()
  const { launch } = context.log.operation
  let jobId: string | null = null
  try {
    const facts = await session.readFacts(launchCommand(names, capture.facts.version), { signal: lease.lost })
    jobId = facts.get('job') ?? null
  } catch (error) {
    // Whether it was started is not known now; the outcome file and the export will tell.
    if (!(error instanceof CoreError) || !error.code.startsWith('DEVICE_')) throw error
  }
  await log.step('pushing', 'The plan runs on the device, apart from our connection.', {
    changes: { launch: launch && { ...launch, jobId } },
  })
}

async function settle(context: PushContext): Promise<void> {
  const { log, ports, lease, cancel } = context
  const settleWindowMs = log.operation.budget?.settleWindowMs ?? 0
  await log.step('settling', 'The settle window is waited for.', { facts: { settleWindowMs } })
  const signal = AbortSignal.any([lease.lost, cancel])
  await ports.clock.sleep(settleWindowMs, { signal }).catch((error: unknown) => {
    if (lease.lost.aborted) throw error
  })
  await log.step('verifying', 'The device is looked at over a new connection.')
}
