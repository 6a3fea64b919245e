import type { TenantScope } from '../access/tenant-scope.js'

/** Size of a tenant's repository. */
export interface RepositoryStats {
  readonly devices: number
  readonly revisions: number
  readonly looseObjects: number
  readonly packedObjects: number
  /** Sum of file sizes. */
  readonly apparentBytes: number
  /** Space taken on the disk. */
  readonly allocatedBytes: number
}

/** Shas of revisions by the id of their device. */
export type RevisionsByDevice = ReadonlyMap<string, ReadonlySet<string>>

/** One damage found by `verify`. */
export interface RepositoryDamage {
  /** Object id, ref name relative to the repository, or `pack-…`. */
  readonly item: string
  readonly kind: 'missing' | 'truncated' | 'hash-mismatch' | 'unreadable' | 'bad-ref'
  readonly deviceId: string | null
}

/**
 * Upkeep of a tenant's repository; an optional ability of a `GitStore` adapter. Each method may run beside writers and
 * is safe to kill at any moment; run again, it ends what was begun.
 */
export interface GitMaintenance {
  /**
   * Drops the named revisions of each device, as one batch. Shas that stay do not change. What is not named stays, so
   * that nothing recorded while the caller was deciding is lost; so does the newest revision of each device.
   *
   * @param options `forget` is told which of the named revisions are gone, before the batch counts as done. What a
   * killed run had named and dropped is told with the next batch, even an empty one.
   */
  retain(
    scope: TenantScope,
    drop: RevisionsByDevice,
    options?: {
      readonly signal?: AbortSignal
      readonly forget?: (gone: RevisionsByDevice) => Promise<void>
    },
  ): Promise<{ readonly droppedRevisions: number }>
  /** Packs loose objects and removes what nothing refers to, except objects younger than `spareMs`. */
  compact(
    scope: TenantScope,
    options: { readonly spareMs: number; readonly signal?: AbortSignal },
  ): Promise<{ readonly removedObjects: number; readonly packedObjects: number; readonly freedBytes: number }>
  /** Reads everything that refs reach and reports what is damaged. */
  verify(
    scope: TenantScope,
    options?: { readonly signal?: AbortSignal },
  ): Promise<{ readonly checkedObjects: number; readonly damage: readonly RepositoryDamage[] }>
  stats(scope: TenantScope): Promise<RepositoryStats>
}
