import type { DeviceSession, RunOptions } from '../device/device-session.js'
import type { PushFailure, PushOperation } from '../model/push-operation.js'
import { pushStates } from '../model/push-operation.js'
import { compareMeaning } from '../plan/compare-meaning.js'
import { cleanDevice } from './clean-device.js'
import { disarmGuard, extendGuard, holdPush } from './disarm-guard.js'
import { type Evidence, observeDevice } from './observe-device.js'
import { actSignal, type PushContext, remainingMs } from './push-context.js'
import { runProbes } from './run-probes.js'

/** What came of the try to commit. */
export type CommitOutcome =
  | { readonly kind: 'committed'; readonly operation: PushOperation }
  /** The configuration is not to stay: a check failed. */
  | { readonly kind: 'go-back'; readonly failure: PushFailure }
  /** Too late, or not proven: the guard decides, look again. */
  | { readonly kind: 'not-yet' }

/**
 * Verifies and disarms over a connection that was opened after the settle window, and commits only when all of this was
 * seen over it: the checks passed, the guard gone in time, no boot, the export still the verified one.
 *
 * @throws errors of the connection: then nothing is known, and the caller looks again
 */
export async function commitPush(
  context: PushContext,
  session: DeviceSession,
  seen: Evidence,
): Promise<CommitOutcome> {
  const { log, names, ports, lease } = context
  const options: RunOptions = { signal: actSignal(context) }
  const { marginMs = 0, settleWindowMs = 0 } = log.operation.budget ?? {}
  if (pushStates.indexOf(log.operation.state) < pushStates.indexOf('verifying')) {
    return settleFirst(context, session, seen, settleWindowMs)
  }
  const probeResults = await runProbes(session, log.operation.probes, options)
  if (probeResults.some((result) => !result.passed)) {
    await log.step('verifying', 'A check did not pass.', { changes: { probeResults } })
    return { kind: 'go-back', failure: { reason: 'probe-failed' } }
  }
  if (!(await holdPush(context, session))) return { kind: 'not-yet' }

  let left = remainingMs(context, seen.guardFiresAt)
  if (context.mayExtend && left <= 2 * marginMs && left > marginMs / 2)
    left = await extendGuard(context, session)
  const believedUntil = ports.clock.monotonicMs() + left - marginMs

  const converged = seen.exportEquals === 'target'
  if (ports.clock.monotonicMs() >= believedUntil) return { kind: 'not-yet' }
  await log.step('disarming', 'The guard is taken off.', {
    changes: { verifiedDigest: seen.digest, converged, residual: seen.residual, probeResults },
  })
  await lease.confirm()
  const timeoutMs = believedUntil - ports.clock.monotonicMs()
  if (timeoutMs <= 0) return { kind: 'not-yet' }
  context.mayExtend = false
  await disarmGuard(session, names, { ...options, timeoutMs: Math.min(timeoutMs, ports.limits.commandMs) })
  if (ports.clock.monotonicMs() >= believedUntil) return { kind: 'not-yet' }

  const after = await observeDevice(context, session)
  const isUnbroken = after.bootedSinceLaunch === false && after.uptimeMs >= seen.uptimeMs
  const isSame = compareMeaning(seen.export, after.export).changes.length === 0
  if (after.guardListed || !isUnbroken || !isSame) return { kind: 'not-yet' }
  const operation = await log.step(
    'committed',
    converged
      ? 'The device has the target configuration; the guard is gone.'
      : 'The push is in force with differences; the guard is gone.',
    { open: false },
  )
  await cleanDevice(session, names, options)
  return { kind: 'committed', operation }
}

/**
 * For an operation that another process began: the settle window is waited for from now on, and the proof is made over a
 * connection that is opened after it.
 */
async function settleFirst(
  context: PushContext,
  session: DeviceSession,
  seen: Evidence,
  settleWindowMs: number,
): Promise<CommitOutcome> {
  const { log, ports } = context
  const { verifyMs = 0, marginMs = 0 } = log.operation.budget ?? {}
  const needed = settleWindowMs + verifyMs + marginMs
  let left = remainingMs(context, seen.guardFiresAt)
  if (context.mayExtend && left <= needed && left > marginMs) left = await extendGuard(context, session)
  if (left <= needed) return { kind: 'not-yet' }
  await log.step('settling', 'The settle window is waited for.')
  await session.close()
  await ports.clock.sleep(settleWindowMs, { signal: actSignal(context) })
  await log.step('verifying', 'The device is looked at over a new connection.')
  return { kind: 'not-yet' }
}
