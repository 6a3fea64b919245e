import { throwIfAborted } from '@tod/core'
import { objectLinks } from './object-links.js'
import { OidSet } from './oid-set.js'
import { RepositoryDamageError } from './repository-damage.js'
import type { TenantRepository } from './tenant-repository.js'

/** Everything that is in use, in the order in which it was found: packs written in it are read without seeks. */
export interface Reachable {
  /** Commits and trees, newest first within a device. */
  readonly skeleton: readonly string[]
  /** Blobs; not read. */
  readonly blobs: readonly string[]
  /** For each blob, the position of the root that first led to it. */
  readonly blobRoots: readonly number[]
  readonly all: OidSet
}

/** Where marking begins, and what it does about objects that cannot be read. */
export interface MarkOptions {
  readonly roots: Iterable<string>
  /** Called for a commit or tree that is missing or damaged; by default that is an error. */
  onDamage?(error: RepositoryDamageError, root: number): void
  readonly signal?: AbortSignal | undefined
}

/**
 * Follows links from the roots. Blobs are taken for granted: whether they are whole is `verify`'s to say.
 *
 * @throws RepositoryDamageError when what links to further objects cannot be read: what it links to is unknown
 */
export async function markReachable(repository: TenantRepository, options: MarkOptions): Promise<Reachable> {
  const shallow = await repository.shallow.read()
  const all = new OidSet()
  const skeleton: string[] = []
  const blobs: string[] = []
  const blobRoots: number[] = []
  let rootAt = -1
  for (const root of options.roots) {
    rootAt++
    // A stack, with parents pushed first: a commit's tree is read before its parent.
    const waiting = [root]
    for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
      if (!all.add(oid)) continue
      throwIfAborted(options.signal)
      const links = await readLinks(repository, oid, shallow, options, rootAt)
      if (links === undefined) continue
      skeleton.push(oid)
      for (const link of links.toReversed()) {
        if (link.type !== 'blob') {
          waiting.push(link.oid)
        } else if (all.add(link.oid)) {
          blobs.push(link.oid)
          blobRoots.push(rootAt)
        }
      }
    }
  }
  return { skeleton, blobs, blobRoots, all }
}

async function readLinks(
  repository: TenantRepository,
  oid: string,
  shallow: ReadonlySet<string>,
  options: MarkOptions,
  rootAt: number,
) {
  try {
    const object = await repository.objects.readInBulk(oid)
    if (object === undefined) throw new RepositoryDamageError(oid, 'missing', 'the object is missing')
    return objectLinks(oid, object, shallow)
  } catch (error) {
    if (!(error instanceof RepositoryDamageError) || options.onDamage === undefined) throw error
    options.onDamage(error, rootAt)
    return undefined
  }
}
