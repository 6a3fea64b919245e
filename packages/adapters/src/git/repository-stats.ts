import { join } from 'node:path'
import type { RepositoryStats } from '@tod/core'
import { isMissing } from './file-system.js'
import { commitLinks } from './object-links.js'
import { OidSet } from './oid-set.js'
import { deviceRefPrefix, keepRefPrefix } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'

/** Counts a repository's devices, revisions and objects, and adds up its files. */
export async function repositoryStats(repository: TenantRepository): Promise<RepositoryStats> {
  const devices = await repository.refs.list(deviceRefPrefix)
  const kept = await repository.refs.list(keepRefPrefix)
  let packedObjects = 0
  for (const name of await repository.objects.packs.names()) {
    packedObjects += (await (await repository.objects.packs.open(name))?.index.count()) ?? 0
  }
  let looseObjects = 0
  for await (const _ of repository.objects.loose.ids()) looseObjects++
  const size = await sizeOfFolder(repository, repository.gitDirectory)
  return {
    devices: devices.size,
    revisions: await countCommits(repository, [...devices.values(), ...kept.values()]),
    looseObjects,
    packedObjects,
    ...size,
  }
}

async function countCommits(repository: TenantRepository, tips: readonly string[]): Promise<number> {
  const shallow = await repository.shallow.read()
  const seen = new OidSet()
  for (const tip of tips) {
    let next: string | undefined = tip === 'damaged' ? undefined : tip
    while (next !== undefined && seen.add(next)) {
      const commit = await repository.objects.readInBulk(next)
      if (commit?.type !== 'commit' || shallow.has(next)) break
      next = commitLinks(commit.body).parents[0]
    }
  }
  return seen.size
}

async function sizeOfFolder(
  repository: TenantRepository,
  folder: string,
): Promise<{ readonly apparentBytes: number; readonly allocatedBytes: number }> {
  let apparentBytes = 0
  let allocatedBytes = 0
  for (const entry of await repository.fs.readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    try {
      const { size, blocks } = await repository.fs.lstat(path)
      allocatedBytes += blocks * 512
      if (entry.isDirectory()) {
        const inner = await sizeOfFolder(repository, path)
        apparentBytes += inner.apparentBytes
        allocatedBytes += inner.allocatedBytes
      } else {
        apparentBytes += size
      }
    } catch (error) {
      // Files come and go while writers are at work.
      if (!isMissing(error)) throw error
    }
  }
  return { apparentBytes, allocatedBytes }
}
