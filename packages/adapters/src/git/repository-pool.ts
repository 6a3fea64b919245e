import { assertTenantScope, type RepositoryDamage, RequestInvalidError, type TenantScope } from '@tod/core'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { healDeviceRef } from './heal-device-ref.js'
import type { LockOptions } from './lock-file.js'
import { RepositoryDamageError } from './repository-damage.js'
import { RevisionIndex } from './revision-index.js'
import { deviceRef, isSafeId, repositoryPath } from './tenant-layout.js'
import { TenantRepository } from './tenant-repository.js'
import { toStorageError } from './to-storage-error.js'

/** Where repositories are and how they are locked. */
export interface GitRootOptions {
  /** Folder that holds one bare repository per tenant, `<tenant_id>.git`. */
  readonly root: string
  /** The disk; default the machine's own. */
  readonly fs?: FileSystem
  readonly lock?: Omit<LockOptions, 'signal'>
  /** Told of damage that was found and healed, for logs and alarms. Damage that was not healed is thrown. */
  onHealed?(damage: RepositoryDamage & { readonly tenantId: string }): void
}

/** A tenant's repository with what is remembered of it. */
export interface OpenRepository {
  readonly repository: TenantRepository
  readonly index: RevisionIndex
}

/** Tenants whose repositories are remembered at once. */
const remembered = 256

/** Hands out tenants' repositories to who has a scope, and translates what goes wrong with them. */
export class RepositoryPool {
  readonly #open = new Map<string, OpenRepository>()
  readonly #fs: FileSystem

  constructor(private readonly options: GitRootOptions) {
    this.#fs = options.fs ?? nodeFileSystem
  }

  /**
   * Works on the scope's repository, which may not exist yet.
   *
   * @throws SCOPE_INVALID, and whatever the work throws as a storage error
   */
  async within<T>(scope: TenantScope, work: (open: OpenRepository) => Promise<T>): Promise<T> {
    assertTenantScope(scope)
    try {
      return await work(this.#repositoryOf(scope.tenantId))
    } catch (error) {
      throw toStorageError(error)
    }
  }

  /** As `within`, for one device: its ref is healed when it turns out to be damaged, and the work done again. */
  async withinDevice<T>(
    scope: TenantScope,
    deviceId: string,
    work: (open: OpenRepository) => Promise<T>,
  ): Promise<T> {
    return await this.within(scope, async (open) => {
      try {
        return await work(open)
      } catch (error) {
        const item = deviceRef(deviceId)
        if (!(error instanceof RepositoryDamageError) || error.subject !== item) throw error
        if ((await healDeviceRef(open.repository, deviceId)) === undefined) throw error
        this.options.onHealed?.({ item, kind: error.kind, deviceId, tenantId: scope.tenantId })
        return await work(open)
      }
    })
  }

  /** Lets go of open files. The pool can be used again after. */
  async close(): Promise<void> {
    const open = [...this.#open.values()]
    this.#open.clear()
    for (const { repository } of open) await repository.close()
  }

  #repositoryOf(tenantId: string): OpenRepository {
    if (!isSafeId(tenantId)) throw new RequestInvalidError({ field: 'tenantId', reason: 'is malformed' })
    const open = this.#open.get(tenantId) ?? this.#openRepository(tenantId)
    this.#open.delete(tenantId)
    this.#open.set(tenantId, open)
    const oldest = this.#open.size > remembered ? this.#open.keys().next().value : undefined
    if (oldest !== undefined) this.#open.delete(oldest)
    return open
  }

  #openRepository(tenantId: string): OpenRepository {
    const repository = new TenantRepository(this.#fs, repositoryPath(this.options.root, tenantId))
    return { repository, index: new RevisionIndex(repository) }
  }
}
