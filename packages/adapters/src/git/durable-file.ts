import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { FileSystem } from './file-system.js'
import { fileErrorCode, isMissing } from './file-system.js'

/** How a durable write names its temporary file and which permissions the result has. */
export interface DurableWriteOptions {
  /** Begin of the temporary file's name. `tmp_obj_` inside `objects/`: git knows it as litter and prunes it. */
  readonly temporaryPrefix?: string
  /** Permission bits of the file; default 0o644. */
  readonly mode?: number
}

/**
 * Writes a file so that after a crash it is either the old one or the whole new one: temporary file in the
 * same folder, fsync, rename, fsync of the folder. When this resolves, the bytes are on the disk.
 */
export async function writeFileDurably(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  options: DurableWriteOptions = {},
): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `${options.temporaryPrefix ?? 'tmp_'}${randomBytes(8).toString('hex')}`)
  try {
    await writeNewFile(fs, temporary, bytes, options.mode ?? 0o644)
    await fs.rename(temporary, path)
  } catch (error) {
    await removeQuietly(fs, temporary)
    throw error
  }
  await syncFolder(fs, folder)
}

/** Creates a file that must not exist yet, writes it and forces it to the disk. The name itself is not synced. */
export async function writeNewFile(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  mode: number,
): Promise<void> {
  const handle = await openInFolder(fs, path, mode)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Opens a new file for writing; makes the folder when it is missing: native git removes empty ones, at any time. */
async function openInFolder(fs: FileSystem, path: string, mode: number) {
  for (let triesLeft = 5; ; triesLeft--) {
    try {
      return await fs.open(path, 'wx', mode)
    } catch (error) {
      if (!isMissing(error) || triesLeft === 0) throw error
    }
    await makeFolderDurably(fs, dirname(path))
  }
}

/** Makes a folder and those above it, and forces each new name to the disk. */
export async function makeFolderDurably(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.mkdir(path)
  } catch (error) {
    const code = fileErrorCode(error)
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolderDurably(fs, dirname(path))
    await makeFolderDurably(fs, path)
    return
  }
  await syncFolder(fs, dirname(path))
}

/** Forces the names in a folder to the disk. */
export async function syncFolder(fs: FileSystem, path: string): Promise<void> {
  const handle = await fs.open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Removes a file; true when it was there. The folder is not synced: a file that comes back does no harm. */
export async function removeFile(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.unlink(path)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

async function removeQuietly(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.unlink(path)
  } catch {
    // The first failure is the one to report; a temporary file that stays is swept later.
  }
}
