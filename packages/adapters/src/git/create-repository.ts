import { join } from 'node:path'
import { makeFolderDurably, writeFileDurably } from './durable-file.js'
import type { FileSystem } from './file-system.js'
import { isMissing } from './file-system.js'

/**
 * Native git writes and reads no commit graph here: one from before retention cut history short names parents that are
 * gone, which `git fsck` reports, and git itself makes no use of one afterwards.
 */
const config = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
\tcommitGraph = false
[gc]
\twriteCommitGraph = false
`

/** Makes an empty bare repository, or completes one that was begun. `HEAD` comes last: with it, it counts. */
export async function createRepository(fs: FileSystem, gitDirectory: string): Promise<void> {
  if (await isRepository(fs, gitDirectory)) return
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags']) {
    await makeFolderDurably(fs, join(gitDirectory, folder))
  }
  await writeFileDurably(fs, join(gitDirectory, 'config'), Buffer.from(config))
  await writeFileDurably(fs, join(gitDirectory, 'HEAD'), Buffer.from('ref: refs/heads/main\n'))
}

/** True when the folder holds a repository. */
export async function isRepository(fs: FileSystem, gitDirectory: string): Promise<boolean> {
  try {
    await fs.stat(join(gitDirectory, 'HEAD'))
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
