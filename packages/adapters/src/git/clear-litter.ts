import { basename, dirname, join } from 'node:path'
import { removeFile } from './durable-file.js'
import { isMissing, listFolder } from './file-system.js'
import { asideSuffix } from './loose-objects.js'
import { ownTemporaryPrefix } from './pack-writer.js'
import type { TenantRepository } from './tenant-repository.js'

/** Name of an index while a compaction takes its pack away. */
export const indexAsideSuffix = '.tod-aside'

/** Files of unknown writers, native git among them, are left alone for so long. */
const foreignLitterMs = 3_600_000

/**
 * Ends what a killed upkeep had begun: objects and indexes that were set aside come back, files that were never
 * finished go. Call it under the maintenance lock only.
 */
export async function clearLitter(repository: TenantRepository, spareMs: number): Promise<void> {
  const litterAge = Math.max(spareMs, foreignLitterMs)
  for await (const path of repository.objects.loose.litter()) {
    const name = basename(path)
    if (name.startsWith(asideSuffix)) {
      await bringBack(repository, path, join(dirname(path), name.slice(asideSuffix.length)))
    } else {
      await removeOlder(repository, path, litterAge)
    }
  }
  const packs = join(repository.gitDirectory, 'objects', 'pack')
  const names = await listFolder(repository.fs, packs)
  for (const name of names) {
    const path = join(packs, name)
    if (name.endsWith(indexAsideSuffix)) {
      await bringBack(repository, path, path.slice(0, -indexAsideSuffix.length))
    } else if (name.startsWith(ownTemporaryPrefix)) {
      await removeFile(repository.fs, path)
    } else if (name.startsWith('tmp_') || isHalf(name, names)) {
      await removeOlder(repository, path, litterAge)
    }
  }
}

/** A pack without index or an index without pack. */
function isHalf(name: string, names: readonly string[]): boolean {
  const match = /^(pack-[0-9a-f]{40})\.(pack|idx)$/.exec(name)
  if (match === null) return false
  const other = `${match[1]}.${match[2] === 'pack' ? 'idx' : 'pack'}`
  return !names.includes(other) && !names.includes(`${match[1]}.idx${indexAsideSuffix}`)
}

async function bringBack(repository: TenantRepository, aside: string, path: string): Promise<void> {
  try {
    await repository.fs.stat(path)
    await removeFile(repository.fs, aside)
  } catch (error) {
    if (!isMissing(error)) throw error
    await repository.fs.rename(aside, path)
  }
}

async function removeOlder(repository: TenantRepository, path: string, ageMs: number): Promise<void> {
  try {
    const { mtimeMs } = await repository.fs.stat(path)
    if (mtimeMs < Date.now() - ageMs) await removeFile(repository.fs, path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}
