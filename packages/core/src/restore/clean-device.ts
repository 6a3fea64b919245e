import { removeFiles } from '../backup/capture-binary.js'
import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { forgetStepCommand } from '../routeros/launch-script.js'
import type { PushNames } from '../routeros/push-names.js'

/**
 * Removes everything of an operation but its guard. They hold secrets, but nothing is decided by them any more: what
 * cannot be removed now is removed at the next contact.
 *
 * @returns whether all of it is gone
 */
export async function cleanDevice(
  session: DeviceSession,
  names: PushNames,
  options: RunOptions = {},
): Promise<boolean> {
  try {
    await removeFiles(session, [names.planFile, names.outcomeFile, names.backupFile], options)
    await session.run(forgetStepCommand(names), options).catch(() => {})
    return true
  } catch {
    return false
  }
}
