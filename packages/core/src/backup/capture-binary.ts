import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { BinaryBackupInvalidError, DeviceCommandFailedError } from '../errors/device-errors.js'
import type { Clock } from '../ports/clock.js'
import { readFileSizeCommand, removeFilesCommand, saveBackupCommand } from '../routeros/commands.js'

/** Largest binary backup that is taken. */
const maxBinaryBytes = 64 * 1024 * 1024
/** Looks at a file that is still growing, and the pause between two of them. */
const maxSizeReads = 60
const sizePauseMs = 1000

/** What a step on a binary backup needs. */
export interface BinaryPorts {
  readonly clock: Clock
  readonly saveTimeoutMs: number
}

/**
 * Saves a binary backup on the device and fetches it, once it is whole. The file is left on the device.
 *
 * @param name with its folder, without `.backup`.
 * @throws BINARY_BACKUP_INVALID · DEVICE_COMMAND_FAILED · DEVICE_FILE_FAILED and errors of the connection
 */
export async function saveAndFetchBackup(
  ports: BinaryPorts,
  session: DeviceSession,
  name: string,
  options: RunOptions = {},
): Promise<Uint8Array> {
  const { deviceId } = session.device
  const file = `${name}.backup`
  await session.run(saveBackupCommand(name), { ...options, timeoutMs: ports.saveTimeoutMs })
  const size = await stableSize(ports, session, file, options)
  const content = await session.download(file, maxBinaryBytes, options)
  const reason = judgeBinary(content, size)
  if (reason !== undefined) throw new BinaryBackupInvalidError({ deviceId, reason })
  return content
}

/** Removes files of ours and sees that they are gone. @throws DEVICE_COMMAND_FAILED when one is left */
export async function removeFiles(
  session: DeviceSession,
  paths: readonly string[],
  options: RunOptions = {},
): Promise<void> {
  const command = removeFilesCommand(paths)
  const facts = await session.readFacts(command, options)
  if (facts.get('left') !== '0') {
    throw new DeviceCommandFailedError({
      deviceId: session.device.deviceId,
      command: command.label,
      reason: 'still-there',
    })
  }
}

/**
 * Waits until a file keeps its size: on slow flash it is listed before it is complete.
 *
 * @throws BINARY_BACKUP_INVALID when it is missing, empty, or does not come to rest
 */
async function stableSize(
  ports: BinaryPorts,
  session: DeviceSession,
  file: string,
  options: RunOptions = {},
): Promise<number> {
  let last = -1
  for (let read = 0; read < maxSizeReads; read++) {
    const facts = await session.readFacts(readFileSizeCommand(file), options)
    const size = Number(facts.get('size') ?? Number.NaN)
    if (Number.isFinite(size) && size > 0 && size === last) return size
    last = Number.isFinite(size) ? size : -1
    await ports.clock.sleep(sizePauseMs, options.signal === undefined ? {} : { signal: options.signal })
  }
  throw new BinaryBackupInvalidError({
    deviceId: session.device.deviceId,
    reason: last < 0 ? 'missing' : 'not-complete',
  })
}

/** Magic numbers of a plain backup; encrypted ones begin otherwise, and ours never are. */
const plainMagic = [0x88, 0xac, 0xa1, 0xb1]

/**
 * Why a fetched file is no whole, unencrypted backup; undefined when it is one. The second number in it is its size.
 * Source: RouterOS facts 3.1.
 */
export function judgeBinary(content: Uint8Array, listedSize?: number): string | undefined {
  if (content.length < 8) return 'too-short'
  if (plainMagic.some((byte, index) => content[index] !== byte)) return 'not-a-backup'
  const stated = new DataView(content.buffer, content.byteOffset, 8).getUint32(4, true)
  if (stated !== content.length) return 'truncated'
  if (listedSize !== undefined && listedSize !== content.length) return 'size-differs'
  return undefined
}
