import type { DeviceSession } from '../device/device-session.js'
import { openSession } from '../device/open-session.js'
import { CoreError } from '../errors/core-error.js'
import type { ErrorCode } from '../errors/error-codes.js'
import type { PushFailure, PushOperation } from '../model/push-operation.js'
import { loadBackupCommand } from '../routeros/commands.js'
import { throwIfAborted } from '../time/with-deadline.js'
import { cleanDevice } from './clean-device.js'
import { commitPush } from './commit-push.js'
import { disarmGuard, holdPush } from './disarm-guard.js'
import { describeImportFailure } from './import-failure.js'
import { type Judgement, judgeEvidence } from './judge-evidence.js'
import { type Evidence, observeDevice } from './observe-device.js'
import { actSignal, type PushContext, remainingMs } from './push-context.js'

/** Time for loading a backup, booting and answering again after the guard fired, ms. */
export const rebootAllowanceMs = 420_000

/** Errors that mean "nothing was learned now": the device is asked again later. */
const silentCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DEVICE_UNREACHABLE',
  'DEVICE_AUTH_FAILED',
  'DEVICE_TIMEOUT',
  'DEVICE_CONNECTION_LOST',
  'DEVICE_COMMAND_FAILED',
  'DEVICE_FILE_FAILED',
  'DEVICE_OUTPUT_TOO_LARGE',
  'EXPORT_INCOMPLETE',
  'HOST_KEY_CHANGED',
])

/** What one look at the device came to. */
export type Look =
  | { readonly kind: 'ended'; readonly operation: PushOperation }
  /** Something is under way: look again after the pause. */
  | { readonly kind: 'again'; readonly pauseMs?: number }
  /** Nothing was learned: no connection, or it broke. */
  | { readonly kind: 'silent' }

/**
 * Looks at the device over new connections until the operation has ended by evidence, or nothing can be learned any more
 * in the time that guard and reboot may take: then it stays open, and recovery goes on.
 *
 * @param patienceMs how long to go on after the guard must have fired.
 * @throws LEASE_LOST · STORAGE_* · KEY_SERVICE_UNAVAILABLE: then nothing more was done, and the guard decides
 */
export async function concludePush(
  context: PushContext,
  patienceMs = rebootAllowanceMs,
): Promise<PushOperation> {
  const { clock } = context.ports
  const startedAt = clock.monotonicMs()
  let silentMs = 2000
  for (;;) {
    const look = await lookOnce(context)
    if (look.kind === 'ended') return look.operation
    if (clock.monotonicMs() >= Math.max(startedAt, context.firesBy ?? 0) + patienceMs)
      return context.log.operation
    silentMs = look.kind === 'silent' ? Math.min(silentMs * 1.5, 10_000) : 2000
    const pauseMs = look.kind === 'silent' ? silentMs : (look.pauseMs ?? 2000)
    await clock.sleep(pauseMs, { signal: actSignal(context) })
  }
}

/** One connection, one observation, one act. @throws as `concludePush` */
export async function lookOnce(context: PushContext): Promise<Look> {
  throwIfAborted(actSignal(context))
  let session: DeviceSession | undefined
  try {
    session = await openSession(context.ports, context.scope, context.log.operation.deviceId, {
      signal: actSignal(context),
    })
    const seen = await observeDevice(context, session)
    // An entry that has run comes round again and again when its load fails: that is not waited for.
    if (!seen.guardHasRun) context.firesBy = Math.max(context.firesBy ?? 0, seen.guardFiresAt ?? 0)
    return await act(context, session, seen, judge(context, seen))
  } catch (error) {
    if (error instanceof CoreError && silentCodes.has(error.code)) return { kind: 'silent' }
    throw error
  } finally {
    await session?.close()
  }
}

/** The table, and the caller's wish to go back while that can still be done. */
function judge(context: PushContext, seen: Evidence): Judgement {
  const judgement = judgeEvidence(context.log.operation, seen)
  const isOpen = judgement.act === 'commit' || judgement.act === 'decide-residual' || judgement.act === 'wait'
  if (seen.guardListed && context.cancel.aborted && isOpen) return { act: 'load', because: 'cancelled' }
  return judgement
}

/** A device that was told to load goes down in its own time: it is not told again at once, ms. */
const loadPauseMs = 15_000

/** Time that loading a backup may take before the device goes down, ms. */
const loadAllowanceMs = 60_000

/** How long a guard that nobody saw go in time could still be loading its backup, ms. */
function mayStillFireMs(context: PushContext): number {
  const { launch, budget } = context.log.operation
  // A timer by uptime begins when the import comes to it, and fires that much later.
  const lateMs = launch?.hasUptimeTimer === true ? (budget?.importMs ?? 0) : 0
  const leftMs = (context.firesBy ?? 0) - context.ports.clock.monotonicMs()
  return Math.max(0, leftMs + lateMs + loadAllowanceMs)
}

async function act(
  context: PushContext,
  session: DeviceSession,
  seen: Evidence,
  judgement: Judgement,
): Promise<Look> {
  const { log } = context
  const dangerMs = mayStillFireMs(context)
  if (judgement.act === 'end' && judgement.status === 'committed' && dangerMs > 0) {
    return { kind: 'again', pauseMs: dangerMs }
  }
  switch (judgement.act) {
    case 'wait':
      return { kind: 'again' }
    case 'commit':
      return commitOrGoOn(context, session, seen)
    case 'decide-residual':
      return log.operation.onResidual === 'keep'
        ? commitOrGoOn(context, session, seen)
        : loadGuardBackup(context, session, { reason: 'residual' }, seen)
    case 'load':
      return loadGuardBackup(context, session, failureOf(context, seen, judgement.because), seen)
    case 'disarm-unapplied':
      return disarmUnapplied(context, session, seen)
    case 'end':
      return end(context, session, seen, judgement)
  }
}

async function commitOrGoOn(context: PushContext, session: DeviceSession, seen: Evidence): Promise<Look> {
  const outcome = await commitPush(context, session, seen)
  switch (outcome.kind) {
    case 'committed':
      return { kind: 'ended', operation: outcome.operation }
    case 'go-back':
      return loadGuardBackup(context, session, outcome.failure, seen)
    case 'not-yet':
      return { kind: 'again' }
  }
}

/** Loads the backup that the guard would load; the guard stays armed in case this does not work. */
async function loadGuardBackup(
  context: PushContext,
  session: DeviceSession,
  failure: PushFailure,
  seen: Evidence,
): Promise<Look> {
  const { log, lease, names } = context
  if (log.operation.state !== 'reverting') {
    await log.step('reverting', 'The configuration from before the push is loaded.', {
      changes: { failure: log.operation.failure ?? failure, residual: seen.residual, converged: false },
      error: failure.reason,
    })
  }
  await lease.confirm()
  await session.runLast(loadBackupCommand(names.backupName), { signal: actSignal(context) })
  return { kind: 'again', pauseMs: loadPauseMs }
}

/** Nothing was applied and nothing can be any more: the guard goes without a reboot. */
async function disarmUnapplied(context: PushContext, session: DeviceSession, seen: Evidence): Promise<Look> {
  const { log, lease, names } = context
  const { budget } = log.operation
  if (remainingMs(context, seen.guardFiresAt) <= (budget?.marginMs ?? 0)) return { kind: 'again' }
  if (!(await holdPush(context, session))) return { kind: 'again' }
  const again = await observeDevice(context, session)
  const next = judgeEvidence(log.operation, again)
  if (next.act !== 'disarm-unapplied') return { kind: 'again' }
  await log.step('disarming', 'Nothing was applied: the guard is taken off.', {
    changes: { failure: log.operation.failure ?? failureOf(context, seen, 'nothing was applied') },
  })
  await lease.confirm()
  await disarmGuard(session, names, { signal: actSignal(context) })
  const after = await observeDevice(context, session)
  if (after.guardListed) return { kind: 'again' }
  return end(context, session, after, judgeEvidence(log.operation, after))
}

async function end(
  context: PushContext,
  session: DeviceSession,
  seen: Evidence,
  judgement: Judgement,
): Promise<Look> {
  const { log, names } = context
  if (judgement.act !== 'end') return { kind: 'again' }
  const { operation } = log
  const isApplied = seen.exportEquals !== 'before'
  const failure = operation.failure ?? failureOf(context, seen, judgement.because)
  const messages = {
    committed: 'The push is in force; the guard is gone.',
    reverted: 'The device is back on the configuration it had before; seen after its boot.',
    failed: isApplied
      ? 'The guard is gone and the configuration is neither known to be good nor the old one.'
      : 'Nothing of the push is on the device.',
  }
  const ended = await log.step(judgement.status, messages[judgement.status], {
    open: false,
    changes:
      judgement.status === 'committed'
        ? { converged: seen.exportEquals === 'target', failure: null }
        : {
            failure,
            converged: false,
            residual: judgement.status === 'failed' && isApplied ? seen.residual : operation.residual,
          },
    ...(judgement.status === 'committed' ? {} : { error: failure.reason }),
  })
  await cleanDevice(session, names, { signal: actSignal(context) })
  return { kind: 'ended', operation: ended }
}

function failureOf(context: PushContext, seen: Evidence, because: string): PushFailure {
  if (context.log.operation.failure !== null) return context.log.operation.failure
  if (context.cancel.aborted) return { reason: 'cancelled' }
  if (seen.outcome.kind === 'error') return describeImportFailure(context, seen.outcome, seen.export)
  const isGuardsDoing = seen.guardListed || seen.exportEquals === 'before'
  if (seen.guardHasRun || (seen.bootedSinceLaunch === true && isGuardsDoing)) return { reason: 'guard-fired' }
  return { reason: because === 'nothing was applied' ? 'not-applied' : 'outcome-unknown' }
}
