import { removeFile } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { isMissing } from './file-system.js'

/**
 * Removes a file that nothing refers to, unless somebody has begun to use it: a writer that finds what it needs
 * sets the file's time and then looks whether it is there; we move it aside first and look at the time after. So
 * one of the two always sees the other.
 *
 * @param path what the writer looks for: an object's file, or a pack's index
 * @param aside where it is moved in between; a crash leaves it there, and the next sweep moves it back
 * @param dated the file whose time writers set, if it is another one
 * @returns bytes of the removed file, or undefined when it stays
 */
export async function removeUnlessUsed(
  fs: FileSystem,
  path: string,
  aside: string,
  olderThan: number,
  dated: string = aside,
): Promise<number | undefined> {
  try {
    await fs.rename(path, aside)
    const seen = await fs.stat(dated)
    if (seen.mtimeMs > olderThan) {
      await fs.rename(aside, path)
      return undefined
    }
    const { size } = await fs.stat(aside)
    await removeFile(fs, aside)
    return size
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
