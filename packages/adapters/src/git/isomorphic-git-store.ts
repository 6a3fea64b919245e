import {
  type GitStore,
  type NewRevision,
  RequestInvalidError,
  type RevisionFile,
  RevisionNotFoundError,
  type StoredRevision,
  type TenantScope,
  throwIfAborted,
} from '@tod/core'
import { parseTrailers, subjectOf } from './commit-text.js'
import { recordRevision } from './record-revision.js'
import { RepositoryDamageError } from './repository-damage.js'
import { type GitRootOptions, type OpenRepository, RepositoryPool } from './repository-pool.js'
import { type ChainLink, readBlobs, readTip, walkFrom } from './revision-chain.js'
import type { FoundRevisions, RevisionIndex } from './revision-index.js'
import { deviceRefPrefix, isSafeId, legacyRef } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'

/**
 * Revisions in git: a bare repository per tenant, a ref per device. Native git can read, check, pack and
 * collect the repositories while this one writes.
 */
export class IsomorphicGitStore implements GitStore {
  readonly #pool: RepositoryPool

  constructor(private readonly options: GitRootOptions) {
    this.#pool = new RepositoryPool(options)
  }

  /** See {@link GitStore.record}. */
  async record(scope: TenantScope, revision: NewRevision, options: { readonly signal?: AbortSignal } = {}) {
    return await this.#pool.withinDevice(scope, revision.deviceId, async ({ repository, index }) => {
      throwIfAborted(options.signal)
      if (!isSafeId(revision.deviceId))
        throw new RequestInvalidError({ field: 'deviceId', reason: 'is malformed' })
      const findBlobs = async (commitSha: string) =>
        (await this.#linkOf({ repository, index }, revision.deviceId, commitSha))?.blobs
      return await recordRevision(repository, revision, findBlobs, { ...this.options.lock, ...options })
    })
  }

  /** See {@link GitStore.read}. */
  async read(
    scope: TenantScope,
    where: { readonly deviceId: string; readonly commitSha: string; readonly file: RevisionFile },
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Uint8Array> {
    return await this.#pool.withinDevice(scope, where.deviceId, async (open) => {
      throwIfAborted(options.signal)
      const oid = (await this.#linkOf(open, where.deviceId, where.commitSha))?.blobs.get(where.file)
      if (oid === undefined) {
        throw new RevisionNotFoundError({ deviceId: where.deviceId, commitSha: where.commitSha })
      }
      const blob = await open.repository.objects.read(oid)
      if (blob === undefined) throw new RepositoryDamageError(oid, 'missing', 'the object is missing')
      return new Uint8Array(blob.body)
    })
  }

  /** See {@link GitStore.head}. */
  async head(scope: TenantScope, deviceId: string): Promise<StoredRevision | undefined> {
    return await this.#pool.withinDevice(scope, deviceId, async ({ repository }) => {
      if (!isSafeId(deviceId) || !(await repository.exists())) return undefined
      const tip = await readTip(repository, deviceId)
      if (tip === undefined) return undefined
      for await (const link of walkFrom(repository, deviceId, tip)) {
        return await describe(repository, deviceId, link)
      }
      return undefined
    })
  }

  /** See {@link GitStore.history}. */
  async history(
    scope: TenantScope,
    page: { readonly deviceId: string; readonly limit?: number; readonly before?: string },
  ): Promise<readonly StoredRevision[]> {
    return await this.#pool.withinDevice(scope, page.deviceId, async ({ repository, index }) => {
      const { deviceId } = page
      const { shas, damage } = await findRevisions(repository, index, deviceId)
      const start = page.before === undefined ? 0 : shas.indexOf(page.before) + 1
      const end = start + (page.limit ?? 100)
      if (damage !== undefined && end > shas.length) throw damage
      const wanted = shas.slice(start, end)
      const revisions: StoredRevision[] = []
      let at = 0
      while (at < wanted.length) {
        const before = at
        for await (const link of walkFrom(repository, deviceId, wanted[at] ?? '')) {
          if (link.commit.oid !== wanted[at]) break
          revisions.push(await describe(repository, deviceId, link))
          if (++at === wanted.length) break
        }
        if (at === before)
          throw new RepositoryDamageError(wanted[at] ?? '', 'missing', 'the commit is missing')
      }
      return revisions
    })
  }

  /** See {@link GitStore.resolve}. */
  async resolve(
    scope: TenantScope,
    where: { readonly deviceId: string; readonly prefix: string },
  ): Promise<string> {
    return await this.#pool.withinDevice(scope, where.deviceId, async ({ repository, index }) => {
      const prefix = where.prefix.toLowerCase()
      const usable = /^[0-9a-f]{4,40}$/.test(prefix)
      const { shas, damage }: FoundRevisions = usable
        ? await findRevisions(repository, index, where.deviceId)
        : { shas: [] }
      const [only, ...others] = shas.filter((sha) => sha.startsWith(prefix))
      if (only === undefined && damage !== undefined) throw damage
      if (only === undefined || others.length > 0) {
        throw new RevisionNotFoundError({ deviceId: where.deviceId, commitSha: where.prefix })
      }
      return only
    })
  }

  /** See {@link GitStore.listDevices}. */
  async listDevices(scope: TenantScope): Promise<readonly string[]> {
    return await this.#pool.within(scope, async ({ repository }) => {
      if (!(await repository.exists())) return []
      const refs = await repository.refs.list(deviceRefPrefix)
      const ids = new Set([...refs.keys()].map((name) => name.slice(deviceRefPrefix.length)))
      for (const id of await legacyDevices(repository)) ids.add(id)
      return [...ids].filter(isSafeId).sort()
    })
  }

  /** Lets go of open files. The store can be used again after. */
  async close(): Promise<void> {
    await this.#pool.close()
  }

  /** A revision of the device by its full sha; undefined when it is none, whoever else may have it. */
  async #linkOf({ repository, index }: OpenRepository, deviceId: string, commitSha: string) {
    if (!(await isNewest(repository, deviceId, commitSha))) {
      const { shas, damage } = await findRevisions(repository, index, deviceId)
      if (!shas.includes(commitSha)) {
        if (damage !== undefined) throw damage
        return undefined
      }
    }
    for await (const link of walkFrom(repository, deviceId, commitSha)) {
      return { link, blobs: await readBlobs(repository, link) }
    }
    return undefined
  }
}

/** Told by the ref alone: what every backup builds on is found without a walk over what came before it. */
async function isNewest(repository: TenantRepository, deviceId: string, commitSha: string): Promise<boolean> {
  if (!isSafeId(deviceId) || !(await repository.exists())) return false
  return (await readTip(repository, deviceId)) === commitSha
}

async function findRevisions(
  repository: TenantRepository,
  index: RevisionIndex,
  deviceId: string,
): Promise<FoundRevisions> {
  if (!isSafeId(deviceId) || !(await repository.exists())) return { shas: [] }
  return await index.find(deviceId)
}

async function describe(
  repository: TenantRepository,
  deviceId: string,
  link: ChainLink,
): Promise<StoredRevision> {
  const { commit, parentSha } = link
  const files: Partial<Record<RevisionFile, number>> = {}
  for (const [file, oid] of await readBlobs(repository, link)) {
    files[file] = (await repository.objects.sizeOf(oid)) ?? 0
  }
  return {
    deviceId,
    commitSha: commit.oid,
    parentSha,
    createdAt: commit.createdAt,
    subject: subjectOf(commit.message),
    trailers: parseTrailers(commit.message)?.trailers ?? null,
    files,
  }
}

async function legacyDevices(repository: TenantRepository): Promise<string[]> {
  const main = await repository.refs.resolve(legacyRef)
  const commit = main === undefined ? undefined : await repository.commits.commit(main)
  const root = commit === undefined ? undefined : await repository.commits.tree(commit.tree)
  return [...(root?.values() ?? [])].filter((entry) => entry.type === 'tree').map((entry) => entry.path)
}
