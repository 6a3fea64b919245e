import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { hasErrorCode } from '../errors/core-error.js'
import { DeviceCommandFailedError } from '../errors/device-errors.js'
import { readDeviceCommand, readPoliciesCommand } from '../routeros/commands.js'
import { parseDuration } from '../routeros/router-time.js'
import { parseVersion, type RouterVersion } from '../routeros/router-version.js'

/** What is read from a device at the start of each contact. */
export interface DeviceFacts {
  readonly identity: string
  readonly version: RouterVersion
  readonly board: string
  /** Time since boot in ms. */
  readonly uptimeMs: number
  /** Free storage in bytes; null when the device did not say. */
  readonly freeBytes: number | null
  /** Folder for files that have to survive a reboot: `flash` where there is one, else ''. */
  readonly storageFolder: string
  /** Files of pushes, ours or another installation's, that are on the device. */
  readonly leftovers: number
}

/** Reads them. @throws DEVICE_COMMAND_FAILED when the answer makes no sense · errors of `DeviceSession.run` */
export async function readDeviceFacts(
  session: DeviceSession,
  options: RunOptions = {},
): Promise<DeviceFacts> {
  const command = readDeviceCommand()
  const facts = await session.readFacts(command, options)
  const version = parseVersion(facts.get('version') ?? '')
  const uptimeMs = parseDuration(facts.get('uptime') ?? '')
  if (version === undefined || uptimeMs === undefined) {
    throw new DeviceCommandFailedError({
      deviceId: session.device.deviceId,
      command: command.label,
      reason: 'not-understood',
    })
  }
  return {
    identity: facts.get('identity') ?? '',
    version,
    board: facts.get('board') ?? '',
    uptimeMs,
    freeBytes: parseBytes(facts.get('free-space') ?? ''),
    storageFolder: facts.get('flash') === '0' ? '' : 'flash',
    leftovers: Number(facts.get('leftovers') ?? 0),
  }
}

/** Policies of our account, or null when the device does not know it itself (RADIUS) or does not say. */
export async function readPolicies(
  session: DeviceSession,
  options: RunOptions = {},
): Promise<ReadonlySet<string> | null> {
  try {
    const facts = await session.readFacts(readPoliciesCommand(session.username), options)
    const policies = (facts.get('policies') ?? '').split(/[;,]/).filter((policy) => policy !== '')
    return policies.length === 0 ? null : new Set(policies.filter((policy) => !policy.startsWith('!')))
  } catch (error) {
    if (hasErrorCode(error, 'DEVICE_COMMAND_FAILED')) return null
    throw error
  }
}

/** `103.8MiB`, `1924.1KiB` or a plain number. */
function parseBytes(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(KiB|MiB|GiB)?$/.exec(text.trim())
  if (match === null) return null
  const factor = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[match[2] ?? ''] ?? 1
  return Math.floor(Number(match[1]) * factor)
}
