import { type RepositoryDamage, throwIfAborted } from '@tod/core'
import { markReachable } from './mark-reachable.js'
import { RepositoryDamageError } from './repository-damage.js'
import { deviceRefPrefix, keepRefPrefix } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'

/** Reads every object that a ref leads to and checks it against its name. Changes nothing. */
export async function verifyRepository(
  repository: TenantRepository,
  signal?: AbortSignal,
): Promise<{ readonly checkedObjects: number; readonly damage: readonly RepositoryDamage[] }> {
  const damage: RepositoryDamage[] = []
  const roots: { readonly name: string; readonly oid: string }[] = []
  for (const [name, oid] of await repository.refs.list('refs/')) {
    if (oid === 'damaged') damage.push({ item: name, kind: 'bad-ref', deviceId: deviceOf(name) })
    else roots.push({ name, oid })
  }
  const ownerOf = (root: number | undefined) => deviceOf(roots[root ?? -1]?.name ?? '')
  const report = (error: RepositoryDamageError, root: number | undefined) => {
    damage.push({ item: error.subject, kind: error.kind, deviceId: ownerOf(root) })
  }
  const { skeleton, blobs, blobRoots } = await markReachable(repository, {
    roots: roots.map((root) => root.oid),
    onDamage: report,
    signal,
  })
  for (const [at, oid] of blobs.entries()) {
    throwIfAborted(signal)
    try {
      if ((await repository.objects.readInBulk(oid)) === undefined) {
        damage.push({ item: oid, kind: 'missing', deviceId: ownerOf(blobRoots[at]) })
      }
    } catch (error) {
      if (!(error instanceof RepositoryDamageError)) throw error
      report(error, blobRoots[at])
    }
  }
  return { checkedObjects: skeleton.length + blobs.length, damage }
}

function deviceOf(ref: string): string | null {
  if (ref.startsWith(deviceRefPrefix)) return ref.slice(deviceRefPrefix.length)
  if (ref.startsWith(keepRefPrefix)) return ref.slice(keepRefPrefix.length).split('/')[0] ?? null
  return null
}
