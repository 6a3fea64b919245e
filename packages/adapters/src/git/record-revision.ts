import {
  type NewRevision,
  type RevisionFile,
  RevisionNotFoundError,
  revisionFiles,
  StorageConflictError,
  throwIfAborted,
} from '@tod/core'
import { formatCommit } from './commit-text.js'
import type { LockOptions } from './lock-file.js'
import { RepositoryDamageError } from './repository-damage.js'
import { readTip, walkFrom } from './revision-chain.js'
import { deviceRef } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'
import { writeTree } from './write-tree.js'

/** The blobs of a revision by the file they hold. */
export type Blobs = ReadonlyMap<RevisionFile, string>

/** Finds the blobs of an earlier revision of the device; undefined when it has no such revision. */
export type FindBlobs = (commitSha: string) => Promise<Blobs | undefined>

/**
 * Writes blobs, tree, commit and ref, in this order and each durably, so that a crash leaves at worst objects
 * that nothing refers to.
 */
export async function recordRevision(
  repository: TenantRepository,
  revision: NewRevision,
  findBlobs: FindBlobs,
  lock: LockOptions,
): Promise<{ readonly commitSha: string; readonly parentSha: string | null }> {
  const { deviceId, expectedParent } = revision
  await repository.ensure()
  const tip = await readTip(repository, deviceId)
  if ((tip ?? null) !== expectedParent) throw new StorageConflictError({ store: 'repository' })
  const kept = await findKept(revision, findBlobs)
  const blobs = await Promise.all(
    revisionFiles.map(async (file) => ({ file, oid: await writeBlob(repository, revision, file, kept) })),
  )
  throwIfAborted(lock.signal)
  const files = new Map(blobs.flatMap(({ file, oid }) => (oid === undefined ? [] : [[file, oid]])))
  const { root: tree } = await writeTree(repository.objects, files)
  const { subject, trailers, createdAt } = revision
  const commit = await repository.objects.write(
    'commit',
    formatCommit({ deviceId, tree, parent: expectedParent, subject, trailers, createdAt }),
  )
  throwIfAborted(lock.signal)
  // A device known from the usual layout alone has no ref of its own yet.
  const ownRef = await repository.refs.read(deviceRef(deviceId))
  const expected = ownRef === undefined ? undefined : (expectedParent ?? undefined)
  const isNewest = await repository.refs.compareAndSwap(deviceRef(deviceId), expected, commit.oid, lock)
  if (!isNewest && !(await isListed(repository, deviceId, commit.oid, expectedParent))) {
    throw new StorageConflictError({ store: 'repository' })
  }
  return { commitSha: commit.oid, parentSha: expectedParent }
}

/** True when a commit is among the revisions of a device that came after a given one. */
async function isListed(
  repository: TenantRepository,
  deviceId: string,
  commitSha: string,
  after: string | null,
): Promise<boolean> {
  const tip = await readTip(repository, deviceId)
  if (tip === undefined) return false
  for await (const { commit } of walkFrom(repository, deviceId, tip)) {
    if (commit.oid === commitSha) return true
    if (commit.oid === after) return false
  }
  return false
}

/** Blobs of the revisions that files are taken over from, by their shas: each is looked up once. */
async function findKept(revision: NewRevision, findBlobs: FindBlobs): Promise<ReadonlyMap<string, Blobs>> {
  const kept = new Map<string, Blobs>()
  for (const content of Object.values(revision.files)) {
    if (content instanceof Uint8Array || kept.has(content.keepFrom)) continue
    const blobs = await findBlobs(content.keepFrom)
    if (blobs !== undefined) kept.set(content.keepFrom, blobs)
  }
  return kept
}

async function writeBlob(
  repository: TenantRepository,
  revision: NewRevision,
  file: RevisionFile,
  kept: ReadonlyMap<string, Blobs>,
): Promise<string | undefined> {
  const content = revision.files[file]
  if (content === undefined) return undefined
  if (content instanceof Uint8Array) return (await repository.objects.write('blob', content)).oid
  const { deviceId } = revision
  const oid = kept.get(content.keepFrom)?.get(file)
  if (oid === undefined) throw new RevisionNotFoundError({ deviceId, commitSha: content.keepFrom })
  if (!(await keepWherever(repository, oid))) {
    throw new RepositoryDamageError(oid, 'missing', 'the content to be taken over is missing or damaged')
  }
  return oid
}

/**
 * Marks an object as in use. Packing, ours or native git's, may have moved it since the packs were listed: then listing
 * them anew finds it.
 */
async function keepWherever({ objects }: TenantRepository, oid: string): Promise<boolean> {
  for (let triesLeft = 3; triesLeft > 0; triesLeft--) {
    if (await objects.keep(oid)) return true
    await objects.packs.names()
  }
  return objects.keep(oid)
}
