import type {
  GitMaintenance,
  RepositoryDamage,
  RepositoryStats,
  RevisionsByDevice,
  TenantScope,
} from '@tod/core'
import { compactRepository } from './compact-repository.js'
import { mergeDropLists, readDropList, removeDropList, writeDropList } from './drop-list.js'
import type { LockOptions } from './lock-file.js'
import { withMaintenanceLock } from './maintenance-lock.js'
import { type GitRootOptions, RepositoryPool } from './repository-pool.js'
import { repositoryStats } from './repository-stats.js'
import { retainRevisions } from './retain-revisions.js'
import type { RevisionIndex } from './revision-index.js'
import { isSafeId } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'
import { verifyRepository } from './verify-repository.js'

/** Upkeep of the repositories that `IsomorphicGitStore` writes, without native git. */
export class GitRepositoryMaintenance implements GitMaintenance {
  readonly #pool: RepositoryPool

  constructor(private readonly options: GitRootOptions) {
    this.#pool = new RepositoryPool(options)
  }

  /** See {@link GitMaintenance.retain}. @throws STORAGE_CONFLICT when another process does upkeep here */
  async retain(
    scope: TenantScope,
    drop: RevisionsByDevice,
    options: {
      readonly signal?: AbortSignal
      readonly forget?: (gone: RevisionsByDevice) => Promise<void>
    } = {},
  ): Promise<{ readonly droppedRevisions: number }> {
    const { forget, ...waiting } = options
    const lock = { ...this.options.lock, ...waiting }
    return await this.#pool.within(scope, async ({ repository, index }) => {
      if (!(await repository.exists())) return { droppedRevisions: 0 }
      if (drop.size === 0 && (await readDropList(repository)).size === 0) return { droppedRevisions: 0 }
      return await withMaintenanceLock(repository, lock, async (assertHeld) => {
        const named = mergeDropLists(await readDropList(repository), drop)
        await writeDropList(repository, named)
        const work = retainRevisions(repository, drop, { ...lock, assertHeld })
        const retained = await freeAfter(repository, work)
        await forget?.(await goneOf(index, named))
        await removeDropList(repository)
        return retained
      })
    })
  }

  /** See {@link GitMaintenance.compact}. @throws STORAGE_CONFLICT when another process does upkeep here */
  async compact(
    scope: TenantScope,
    options: { readonly spareMs: number; readonly signal?: AbortSignal },
  ): Promise<{
    readonly removedObjects: number
    readonly packedObjects: number
    readonly freedBytes: number
  }> {
    return await this.#pool.within(scope, async ({ repository }) => {
      if (!(await repository.exists())) return { removedObjects: 0, packedObjects: 0, freedBytes: 0 }
      return await withMaintenanceLock(
        repository,
        { ...this.options.lock, ...options },
        async (assertHeld) => {
          const compacted = await compactRepository(repository, { ...options, assertHeld })
          repository.objects.packs.forgetEntries()
          await forgetMissing(repository, { ...this.options.lock, ...options })
          return compacted
        },
      )
    })
  }

  /** See {@link GitMaintenance.verify}. */
  async verify(
    scope: TenantScope,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<{ readonly checkedObjects: number; readonly damage: readonly RepositoryDamage[] }> {
    return await this.#pool.within(scope, async ({ repository }) => {
      if (!(await repository.exists())) return { checkedObjects: 0, damage: [] }
      return await freeAfter(repository, verifyRepository(repository, options.signal))
    })
  }

  /** See {@link GitMaintenance.stats}. */
  async stats(scope: TenantScope): Promise<RepositoryStats> {
    return await this.#pool.within(scope, async ({ repository }) => {
      const empty = { devices: 0, revisions: 0, looseObjects: 0, packedObjects: 0 }
      if (!(await repository.exists())) return { ...empty, apparentBytes: 0, allocatedBytes: 0 }
      return await freeAfter(repository, repositoryStats(repository))
    })
  }

  /** Lets go of open files. */
  async close(): Promise<void> {
    await this.#pool.close()
  }
}

/** Waits for work that held whole pack indexes in memory, and lets go of them. */
async function freeAfter<T>(repository: TenantRepository, work: Promise<T>): Promise<T> {
  try {
    return await work
  } finally {
    repository.objects.packs.forgetEntries()
  }
}

/** Which of the named revisions are not there any more. */
async function goneOf(index: RevisionIndex, named: RevisionsByDevice): Promise<RevisionsByDevice> {
  const gone = new Map<string, ReadonlySet<string>>()
  for (const [deviceId, shas] of named) {
    const listed = new Set(isSafeId(deviceId) ? await index.shasOf(deviceId) : [])
    gone.set(deviceId, new Set([...shas].filter((sha) => !listed.has(sha))))
  }
  return gone
}

/** Takes commits out of the `shallow` file that the repository does not hold any more. */
async function forgetMissing(repository: TenantRepository, lock: LockOptions): Promise<void> {
  await repository.shallow.update(async (known) => {
    const present = new Set<string>()
    for (const sha of known) if (await repository.objects.has(sha)) present.add(sha)
    return present
  }, lock)
}
