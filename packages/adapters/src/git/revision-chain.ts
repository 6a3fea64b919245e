import { type RevisionFile, revisionFiles } from '@tod/core'
import type { ReadCommit } from './commit-reader.js'
import { parseTrailers } from './commit-text.js'
import { RepositoryDamageError } from './repository-damage.js'
import { deviceRef, keepRefPrefix, keptSha, legacyRef } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'

/** A commit that is a revision of the device. */
export interface ChainLink {
  readonly commit: ReadCommit
  /** The tree that holds the device's files: the commit's own, or its folder in the usual layout. */
  readonly folder: string
  /** The revision before; null also where older ones were dropped. */
  readonly parentSha: string | null
}

/** How much a walk will read: a few commits, a device's whole chain, or many devices one after the other. */
export type WalkPace = 'few' | 'chain' | 'repository'

/**
 * Where a device's history begins: its own ref, else a branch in the usual layout that has a folder for it.
 *
 * @throws RepositoryDamageError when the ref is empty or altered
 */
export async function readTip(repository: TenantRepository, deviceId: string): Promise<string | undefined> {
  const own = await repository.refs.resolve(deviceRef(deviceId))
  if (own !== undefined) return own
  const main = await repository.refs.resolve(legacyRef)
  if (main === undefined) return undefined
  for await (const link of walkFrom(repository, deviceId, main)) return link.commit.oid
  return undefined
}

/** Tips of the runs of revisions that retention kept behind dropped ones. */
export async function readKeptTips(repository: TenantRepository, deviceId: string): Promise<string[]> {
  const refs = await repository.refs.list(`${keepRefPrefix}${deviceId}/`)
  return [...refs.keys()].map(keptSha)
}

/**
 * Revisions of a device from one commit backwards. In the usual layout only commits count that changed the
 * device's folder.
 *
 * @throws RepositoryDamageError when a commit of the chain is missing or damaged
 */
export async function* walkFrom(
  repository: TenantRepository,
  deviceId: string,
  tip: string,
  pace: WalkPace = 'few',
): AsyncGenerator<ChainLink> {
  let waiting: ChainLink | undefined
  for await (const link of linksFrom(repository, deviceId, tip, pace)) {
    if (waiting !== undefined) yield { ...waiting, parentSha: link.commit.oid }
    waiting = isOurs(link.commit) ? undefined : link
    if (waiting === undefined) yield link
  }
  if (waiting !== undefined) yield waiting
}

/** As `walkFrom`, but revisions in the usual layout do not know the one before them yet. */
async function* linksFrom(
  repository: TenantRepository,
  deviceId: string,
  tip: string,
  pace: WalkPace,
): AsyncGenerator<ChainLink> {
  // The oldest commit so far whose folder is the same: the one that changed it, once another folder is seen.
  let same: ChainLink | undefined
  for await (const { commit, folder, parentSha } of walkCommits(repository, deviceId, tip, pace)) {
    if (same !== undefined && (isOurs(commit) || folder !== same.folder)) {
      yield same
      same = undefined
    }
    if (folder === undefined) continue
    if (isOurs(commit)) yield { commit, folder, parentSha }
    else same = { commit, folder, parentSha: null }
  }
  if (same !== undefined) yield same
}

/** The blobs of a revision's files. */
export async function readBlobs(
  repository: TenantRepository,
  link: ChainLink,
): Promise<ReadonlyMap<RevisionFile, string>> {
  const tree = await repository.commits.tree(link.folder)
  if (tree === undefined) throw new RepositoryDamageError(link.folder, 'missing', 'the tree is missing')
  const blobs = new Map<RevisionFile, string>()
  for (const file of revisionFiles) {
    const entry = tree.get(file)
    if (entry?.type === 'blob') blobs.set(file, entry.oid)
  }
  return blobs
}

function isOurs(commit: ReadCommit): boolean {
  return parseTrailers(commit.message) !== undefined
}

async function* walkCommits(
  repository: TenantRepository,
  deviceId: string,
  tip: string,
  pace: WalkPace,
): AsyncGenerator<{ commit: ReadCommit; folder: string | undefined; parentSha: string | null }> {
  const shallow = await repository.shallow.read()
  let next: string | null = tip
  while (next !== null) {
    const commit: ReadCommit | undefined =
      pace === 'few'
        ? await repository.commits.commit(next)
        : await repository.commits.commitOfWalk(next, pace === 'repository')
    if (commit === undefined) throw new RepositoryDamageError(next, 'missing', 'the commit is missing')
    const parentSha: string | null = shallow.has(commit.oid) ? null : commit.parent
    const owner = parseTrailers(commit.message)?.deviceId
    if (owner !== undefined && owner !== deviceId) return
    const folder = owner === undefined ? await legacyFolder(repository, deviceId, commit) : commit.tree
    yield { commit, folder, parentSha }
    next = parentSha
  }
}

async function legacyFolder(
  repository: TenantRepository,
  deviceId: string,
  commit: ReadCommit,
): Promise<string | undefined> {
  const root = await repository.commits.tree(commit.tree)
  if (root === undefined) throw new RepositoryDamageError(commit.tree, 'missing', 'the tree is missing')
  const entry = root.get(deviceId)
  return entry?.type === 'tree' ? entry.oid : undefined
}
