import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { StorageFullError, StorageUnavailableError } from '@tod/core'

const store = 'repository'

/** Less than this and the next backups may not find room: 100 MB. */
const leastFreeBytes = 100_000_000

/**
 * Whether backups can be written to a folder: it is there, may be written to, and has room.
 *
 * @throws STORAGE_UNAVAILABLE · STORAGE_FULL
 */
export async function checkRoom(folder: string, leastBytes = leastFreeBytes): Promise<void> {
  let freeBytes: number
  try {
    await access(folder, constants.W_OK | constants.X_OK)
    const { bavail, bsize } = await statfs(folder)
    freeBytes = bavail * bsize
  } catch (cause) {
    throw new StorageUnavailableError({ store }, { cause })
  }
  if (freeBytes < leastBytes) throw new StorageFullError({ store })
}
