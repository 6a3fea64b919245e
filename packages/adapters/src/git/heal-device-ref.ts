import { parseTrailers } from './commit-text.js'
import { deviceRef, keepRef } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'

interface FoundCommit {
  readonly oid: string
  readonly parent: string | null
  readonly createdAt: number
}

/**
 * Points a damaged device ref to where it must have been: the newest commit of the device that no other one of
 * its commits continues. Further ends (a writer that lost a race, or won it) are held by keep refs, so that
 * nothing that was acknowledged is lost. Reads every commit of the repository.
 *
 * @returns the commit, or undefined when the repository holds none of this device
 */
export async function healDeviceRef(
  repository: TenantRepository,
  deviceId: string,
): Promise<string | undefined> {
  const commits = await findCommits(repository, deviceId)
  const continued = new Set(commits.map((commit) => commit.parent))
  const ends = commits.filter((commit) => !continued.has(commit.oid))
  const [newest, ...others] = ends.sort(
    (a, b) => b.createdAt - a.createdAt || depth(commits, b) - depth(commits, a),
  )
  if (newest === undefined) return undefined
  for (const { oid } of others) {
    const ref = keepRef(deviceId, oid)
    if ((await repository.refs.read(ref)) === undefined) {
      await repository.refs.compareAndSwap(ref, undefined, oid)
    }
  }
  await repository.refs.compareAndSwap(deviceRef(deviceId), 'damaged', newest.oid)
  return newest.oid
}

async function findCommits(repository: TenantRepository, deviceId: string): Promise<FoundCommit[]> {
  const found: FoundCommit[] = []
  for await (const oid of commitIds(repository)) {
    const commit = await repository.commits.commit(oid).catch(() => undefined)
    if (commit === undefined || parseTrailers(commit.message)?.deviceId !== deviceId) continue
    found.push({ oid, parent: commit.parent, createdAt: commit.createdAt })
  }
  return found
}

async function* commitIds(repository: TenantRepository): AsyncGenerator<string> {
  const { loose, packs } = repository.objects
  for await (const oid of loose.ids()) {
    const object = await loose.read(oid)
    if (typeof object === 'object' && object.type === 'commit') yield oid
  }
  for (const name of await packs.names()) {
    const pack = await packs.open(name)
    if (pack === undefined) continue
    const { count, ids } = await pack.index.entries()
    for (let at = 0; at < count; at++) {
      const oid = ids.toString('hex', at * 20, at * 20 + 20)
      if ((await packs.typeOf(oid)) === 'commit') yield oid
    }
  }
}

/** How many commits of the device lie behind one. */
function depth(commits: readonly FoundCommit[], end: FoundCommit): number {
  const parents = new Map(commits.map((commit) => [commit.oid, commit.parent]))
  let count = 0
  for (let next = parents.get(end.oid); next; next = parents.get(next)) count++
  return count
}
