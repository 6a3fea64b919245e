import type { TenantScope } from '../access/tenant-scope.js'
import type { HostKey } from '../model/device.js'

/** A host key on record. */
export interface PinnedHostKey extends HostKey {
  readonly deviceId: string
  /** UTC, ms since 1970. */
  readonly pinnedAt: number
  /** `first-use`, or the principal who accepted it. */
  readonly pinnedBy: string
}

/** Which host key each device is known by. */
export interface HostKeyStore {
  /** The key on record, or undefined before first use. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  find(scope: TenantScope, deviceId: string): Promise<PinnedHostKey | undefined>
  /**
   * Records the key unless there is one, and returns the one on record: of two callers at once both get the same.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE
   */
  pinFirst(scope: TenantScope, key: PinnedHostKey): Promise<PinnedHostKey>
  /** Replaces the key on record: someone has accepted a changed one. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  replace(scope: TenantScope, key: PinnedHostKey): Promise<void>
  /** Forgets it; the next connection is a first use. Nothing happens when there is none. @throws SCOPE_INVALID */
  forget(scope: TenantScope, deviceId: string): Promise<void>
}
