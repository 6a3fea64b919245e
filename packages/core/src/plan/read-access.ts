import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { hasErrorCode } from '../errors/core-error.js'
import { readSessionsCommand } from '../routeros/commands.js'
import type { ManagementAccess } from './analyze-lockout.js'

/** Asks the device where it sees us come from. A device that does not tell leaves it open. */
export async function readAccess(
  session: DeviceSession,
  options: RunOptions = {},
): Promise<ManagementAccess> {
  const access = { dialed: session.device.host, username: session.username }
  try {
    const output = await session.runText(readSessionsCommand(session.username), options)
    const sourceAddresses = output
      .split(/[\r\n]+/)
      .map((line) => /^tod-session=([^|]*)\|(.*)$/.exec(line))
      .filter((match) => match?.[2] === 'ssh')
      .flatMap((match) => (match?.[1] ? [match[1]] : []))
    return { ...access, sourceAddresses }
  } catch (error) {
    if (!hasErrorCode(error, 'DEVICE_COMMAND_FAILED')) throw error
    return { ...access, sourceAddresses: [] }
  }
}
