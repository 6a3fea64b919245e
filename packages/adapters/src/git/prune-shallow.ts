import { join } from 'node:path'
import { removeFile, writeFileDurably } from './durable-file.js'
import type { TenantRepository } from './tenant-repository.js'

/** Takes commits out of the `shallow` file that the repository does not hold any more. */
export async function pruneShallow(repository: TenantRepository): Promise<void> {
  const known = await repository.shallow.read()
  const present: string[] = []
  for (const sha of known) if (await repository.objects.has(sha)) present.push(sha)
  if (present.length === known.size) return
  const path = join(repository.gitDirectory, 'shallow')
  if (present.length === 0) await removeFile(repository.fs, path)
  else {
    await writeFileDurably(
      repository.fs,
      path,
      Buffer.from(
        present
          .sort()
          .map((sha) => `${sha}\n`)
          .join(''),
      ),
    )
  }
}
