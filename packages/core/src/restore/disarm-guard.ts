import { removeFiles } from '../backup/capture-binary.js'
import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { DeviceCommandFailedError } from '../errors/device-errors.js'
import { disarmGuardCommand, extendGuardCommand } from '../routeros/guard-commands.js'
import type { PushNames } from '../routeros/push-names.js'
import { ownGuard, readGuards } from './guard-reading.js'
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
 * Starts the guard's interval anew, once at most, and believes it only when the device says so.
 *
 * @returns time left, ms, as far as it is proven
 */
export async function extendGuard(context: PushContext, session: DeviceSession): Promise<number> {
  const { names, ports, log } = context
  const options: RunOptions = { signal: actSignal(context) }
  const intervalMs = log.operation.budget?.deadlineMs ?? 0
  context.mayExtend = false
  const sentAt = ports.clock.monotonicMs()
  await session.run(extendGuardCommand(names), options)
  const { timed } = ownGuard(await readGuards(session, options), names)
  const lateMs = ports.clock.monotonicMs() - sentAt
  const isExtended =
    timed?.enabled === true && timed.remainingMs !== null && timed.remainingMs >= intervalMs - lateMs - 2000
  if (isExtended) {
    context.firesAt = sentAt + intervalMs - 1000
    log.setGuardFiresAt(context.firesAt)
  }
  return remainingMs(context, timed?.remainingMs)
}
