import { judgeBinary } from '../backup/capture-binary.js'
import { readStoredBinary } from '../backup/read-revision.js'
import { CoreError } from '../errors/core-error.js'
import { ConsentRequiredError, StrategyRefusedError } from '../errors/push-errors.js'
import type { PushOperation } from '../model/push-operation.js'
import { compareMeaning } from '../plan/compare-meaning.js'
import { loadBackupCommand, readFileSizeCommand } from '../routeros/commands.js'
import { cleanDevice } from './clean-device.js'
import { rebootAllowanceMs } from './conclude-push.js'
import type { PreparedPush } from './guarded-push.js'
import { lookAtUnguarded } from './look-at-unguarded.js'
import { observeDevice } from './observe-device.js'
import type { PushContext } from './push-context.js'
import { runProbes } from './run-probes.js'

/** What the caller has to agree to by name. */
export const binaryConsent = 'binary-restore'

/**
 * Loads the stored binary backup: exact, reboots, and without a guard, because loading erases one. Only onto the same
 * serial number and RouterOS version, only when the analysis finds the way in safe, only with consent.
 *
 * @throws before the load only: CONSENT_REQUIRED · STRATEGY_REFUSED and errors of the connection
 */
export async function pushBinary(push: PreparedPush): Promise<PushOperation> {
  const { ports, scope, log, session, names, target, lease, signal } = push
  const { deviceId } = session.device
  requireConditions(push)
  const content = await readStoredBinary(ports, scope, { deviceId, commitSha: target.commitSha }, { signal })
  const reason = judgeBinary(content)
  if (reason !== undefined) throw new StrategyRefusedError({ deviceId, strategy: 'binary', reason })
  await log.step('uploading', 'The binary backup is sent.', { facts: { bytes: content.length } })
  await session.upload(names.backupFile, content, { signal })
  const facts = await session.readFacts(readFileSizeCommand(names.backupFile), { signal })
  if (Number(facts.get('size')) !== content.length) {
    throw new StrategyRefusedError({ deviceId, strategy: 'binary', reason: 'the file did not arrive whole' })
  }
  await log.step('launching', 'The binary backup is loaded; the device reboots without a guard.', {
    changes: {
      launch: {
        uptimeMs: push.capture.facts.uptimeMs,
        at: ports.clock.now(),
        guardFiresBy: ports.clock.now(),
        statementCount: 0,
        hasUptimeTimer: false,
        jobId: null,
      },
    },
  })
  await lease.confirm()
  const context: PushContext = {
    ports,
    scope,
    lease,
    log,
    names,
    target,
    before: push.capture.export,
    capture: {
      majorVersion: push.capture.facts.version.major,
      maySeeSecrets: push.capture.export.secrets === 'included',
    },
    cancel: new AbortController().signal,
    firesAt: null,
    launchedAt: ports.clock.monotonicMs(),
    firesBy: null,
    mayExtend: false,
  }
  try {
    await session.runLast(loadBackupCommand(names.backupName), { signal: lease.lost })
    await log.step('settling', 'The device reboots.')
    await ports.clock.sleep(push.request.settleWindowMs, { signal: lease.lost })
    await log.step('verifying', 'The device is looked at over a new connection.')
    return await concludeBinary(context, rebootAllowanceMs)
  } catch (error) {
    if (error instanceof CoreError) return log.operation
    throw error
  }
}

/**
 * Looks at the device until it has booted with the loaded backup, or patience ends.
 *
 * @throws LEASE_LOST · STORAGE_*
 */
export async function concludeBinary(context: PushContext, patienceMs: number): Promise<PushOperation> {
  const { ports, log, lease, names } = context
  const until = ports.clock.monotonicMs() + patienceMs
  for (;;) {
    const ended = await lookAtUnguarded(context, async (session) => {
      const seen = await observeDevice(context, session)
      const isOver = seen.bootedSinceLaunch === true || ports.clock.monotonicMs() >= until
      if (!isOver) return undefined
      const probeResults = await runProbes(session, log.operation.probes, { signal: lease.lost })
      const converged = seen.exportEquals === 'target'
      const passed = probeResults.every((result) => result.passed)
      const isCommitted = seen.bootedSinceLaunch === true && converged && passed
      const operation = await log.step(
        isCommitted ? 'committed' : 'failed',
        isCommitted
          ? 'The device booted with the loaded backup.'
          : 'The device has not the configuration of the backup.',
        {
          open: false,
          changes: {
            converged,
            probeResults,
            residual: seen.residual,
            failure: isCommitted ? null : { reason: passed ? 'residual' : 'probe-failed' },
          },
        },
      )
      await cleanDevice(session, names, { signal: lease.lost })
      return operation
    })
    if (ended !== undefined) return ended
    if (ports.clock.monotonicMs() >= until) return log.operation
    await ports.clock.sleep(5000, { signal: lease.lost })
  }
}

function requireConditions(push: PreparedPush): void {
  const { request, session, target, capture, lockout } = push
  const { deviceId } = session.device
  const refuse = (reason: string) => {
    throw new StrategyRefusedError({ deviceId, strategy: 'binary', reason })
  }
  if (!request.consent.has(binaryConsent)) throw new ConsentRequiredError({ consent: binaryConsent })
  const { meta } = target
  if (meta === undefined || meta.binary === null) refuse('the revision has no binary backup')
  if (meta?.serialNumber !== (capture.export.document.header.serialNumber ?? null)) {
    refuse('the revision is of another serial number')
  }
  if (meta?.routerosVersion !== capture.facts.version.text)
    refuse('the revision is of another RouterOS version')
  const isSafe = lockout.verdict === 'safe' || compareMeaning(capture.export, target).changes.length === 0
  if (!isSafe) refuse('the analysis does not find the way in safe')
}
