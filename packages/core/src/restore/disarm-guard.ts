import { removeFiles } from '../backup/capture-binary.js'
import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { DeviceCommandFailedError } from '../errors/device-errors.js'
import { disarmGuardCommand, extendGuardCommand } from '../routeros/guard-commands.js'
import type { PushNames } from '../routeros/push-names.js'
import { granularityMs, ownGuard, readGuards } from './guard-reading.js'
import { hasJob } from './observe-device.js'
import { actSignal, type PushContext, remainingMs } from './push-context.js'

/**
 * Takes the plan file away and sees that no job of ours runs: from then on nothing can push any more, so that the guard
 * may go.
 *
 * @returns false while a job runs
 */
export async function holdPush(context: PushContext, session: DeviceSession): Promise<boolean> {
  const options: RunOptions = { signal: actSignal(context) }
  await removeFiles(session, [context.names.planFile], options)
  return !(await hasJob(session, context.names, context.log.operation.launch?.jobId ?? null, options))
}

/**
 * Removes both entries in one command and counts what is left. The caller still has to see, over the same connection,
 * that the device did not boot meanwhile.
 *
 * @throws DEVICE_COMMAND_FAILED when an entry is still listed, or had run: then its load is under way · errors of the connection: then nothing is known
 */
export async function disarmGuard(
  session: DeviceSession,
  names: PushNames,
  options: RunOptions,
): Promise<void> {
  const command = disarmGuardCommand(names)
  const facts = await session.readFacts(command, options)
  const { deviceId } = session.device
  if (facts.get('left') !== '0') {
    throw new DeviceCommandFailedError({ deviceId, command: command.label, reason: 'still-there' })
  }
  if (facts.get('runs') !== '0') {
    throw new DeviceCommandFailedError({ deviceId, command: command.label, reason: 'has-run' })
  }
}

/**
 * Starts the guard's interval anew, once at most, and believes it only when the device says so. The journal has the new
 * end before the device is asked: whoever goes on waits for the later one.
 *
 * @returns time left, ms, as far as it is proven
 */
export async function extendGuard(context: PushContext, session: DeviceSession): Promise<number> {
  const { names, ports, log, lease } = context
  const options: RunOptions = { signal: actSignal(context) }
  const intervalMs = log.operation.budget?.deadlineMs ?? 0
  const latestMs = ports.limits.commandMs + intervalMs
  context.mayExtend = false
  const { launch, state } = log.operation
  await log.step(state, "The guard's time is started anew.", {
    changes: { launch: launch && { ...launch, guardFiresBy: ports.clock.now() + latestMs } },
  })
  await lease.confirm()
  const sentAt = ports.clock.monotonicMs()
  context.firesBy = Math.max(context.firesBy ?? 0, sentAt + latestMs)
  await session.run(extendGuardCommand(names), options)
  const askedAt = ports.clock.monotonicMs()
  const { timed } = ownGuard(await readGuards(session, options), names)
  const lateMs = ports.clock.monotonicMs() - sentAt
  const shownMs = timed?.remainingMs ?? null
  const isExtended =
    timed?.enabled === true && shownMs !== null && shownMs >= intervalMs - lateMs - 2 * granularityMs
  if (isExtended) {
    context.firesAt = sentAt + intervalMs - granularityMs
    log.setGuardFiresAt(context.firesAt)
  }
  return remainingMs(context, shownMs === null ? null : askedAt + shownMs - granularityMs)
}
