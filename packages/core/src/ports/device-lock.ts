import type { TenantScope } from '../access/tenant-scope.js'

/** What a device is held for. */
export type LockPurpose = 'backup' | 'push' | 'recovery'

/** A device held for a while. */
export interface Lease {
  readonly tenantId: string
  readonly deviceId: string
  /** Unique per acquisition; not a secret. */
  readonly holder: string
  readonly purpose: LockPurpose
  /** Ascends with every acquisition of this device, over all processes and for good. */
  readonly fencingToken: number
  /** By the clock of the store, UTC ms. For people: whether it ran out is the store's decision. */
  readonly expiresAt: number
}

/**
 * One holder per device over all processes. Times are by the clock of the store (the database), never by a caller's.
 */
export interface DeviceLock {
  /**
   * Takes the device if nobody holds it or the holder's lease ran out; undefined when it is held.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE
   */
  acquire(
    scope: TenantScope,
    deviceId: string,
    request: { readonly holder: string; readonly purpose: LockPurpose; readonly leaseMs: number },
  ): Promise<Lease | undefined>
  /** Holds it longer, `leaseMs` from now. @throws LEASE_LOST when it ran out or was taken over, even if free now */
  renew(scope: TenantScope, lease: Lease, leaseMs: number): Promise<Lease>
  /** Gives it back. Nothing happens when it is not held by this lease any more. */
  release(scope: TenantScope, lease: Lease): Promise<void>
  /** Who holds it now, or undefined. */
  holder(scope: TenantScope, deviceId: string): Promise<Lease | undefined>
}
