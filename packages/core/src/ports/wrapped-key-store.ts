import type { TenantScope } from '../access/tenant-scope.js'

/** A key of a tenant or device, wrapped by the key above it. */
export interface WrappedKey {
  /** Null for the tenant's own key. */
  readonly deviceId: string | null
  /** From 1, ascending; new content is sealed with the highest. */
  readonly version: number
  /** Names the key that wrapped it, so that a rotation knows what is left to do. */
  readonly wrappedBy: string
  readonly wrapped: Uint8Array
  /** UTC, ms since 1970. */
  readonly createdAt: number
}

/** Keeps wrapped keys. It never sees an unwrapped one. */
export interface WrappedKeyStore {
  /** All versions of one key, ascending; empty when there is none. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  list(scope: TenantScope, deviceId: string | null): Promise<readonly WrappedKey[]>
  /** All keys of the tenant, its own first. For rotation, recovery kit and the copy in the repository. */
  listAll(scope: TenantScope): Promise<readonly WrappedKey[]>
  /**
   * Adds a version unless it is there, and returns the one that is stored: of two callers at once both get the same.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE
   */
  addFirst(scope: TenantScope, key: WrappedKey): Promise<WrappedKey>
  /** Replaces `wrapped` and `wrappedBy` of versions that are there, all or none. @throws STORAGE_CONFLICT when one is gone */
  rewrap(scope: TenantScope, keys: readonly WrappedKey[]): Promise<void>
  /** Destroys all versions of a device's key, or with null every key of the tenant. Returns how many. */
  destroy(scope: TenantScope, deviceId: string | null): Promise<number>
}
