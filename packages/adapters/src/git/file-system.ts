import * as nodeFs from 'node:fs/promises'

/**
 * The few file operations that the git adapter needs, as Node names them, so that a test can hand in a
 * disk that is full or broken.
 */
export type FileSystem = Pick<
  typeof nodeFs,
  'open' | 'rename' | 'unlink' | 'mkdir' | 'rmdir' | 'readFile' | 'readdir' | 'stat' | 'lstat' | 'utimes'
>

/** The disk of this machine. */
export const nodeFileSystem: FileSystem = nodeFs

/** The system's name of a failed file operation, such as `ENOENT`; undefined for anything else. */
export function fileErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** True when a file or one of the folders above it does not exist. */
export function isMissing(error: unknown): boolean {
  const code = fileErrorCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** The bytes of a file, or undefined when there is none. Any other failure is thrown. */
export async function readFileIfThere(fs: FileSystem, path: string): Promise<Buffer | undefined> {
  try {
    return await fs.readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The names in a folder, sorted; none when there is no such folder. */
export async function listFolder(fs: FileSystem, path: string): Promise<string[]> {
  try {
    return (await fs.readdir(path)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
