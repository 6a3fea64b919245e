import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import { LeaseLostError } from '../errors/push-errors.js'
import type { Clock } from '../ports/clock.js'
import type { DeviceLock, Lease, LockPurpose } from '../ports/device-lock.js'

/** A `DeviceLock` in memory, for tests and for one process alone. Its clock stands for the database's. */
export class InMemoryDeviceLock implements DeviceLock {
  private readonly leases = new Map<string, Lease>()
  private nextToken = 1

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  async acquire(
    scope: TenantScope,
    deviceId: string,
    request: { readonly holder: string; readonly purpose: LockPurpose; readonly leaseMs: number },
  ): Promise<Lease | undefined> {
    if (this.current(scope, deviceId) !== undefined) return undefined
    const lease: Lease = {
      tenantId: scope.tenantId,
      deviceId,
      holder: request.holder,
      purpose: request.purpose,
      fencingToken: this.nextToken++,
      expiresAt: this.clock.now() + request.leaseMs,
    }
    this.leases.set(`${scope.tenantId}/${deviceId}`, lease)
    return lease
  }

  async renew(scope: TenantScope, lease: Lease, leaseMs: number): Promise<Lease> {
    if (this.current(scope, lease.deviceId)?.fencingToken !== lease.fencingToken) {
      throw new LeaseLostError({ deviceId: lease.deviceId })
    }
    const renewed = { ...lease, expiresAt: this.clock.now() + leaseMs }
    this.leases.set(`${scope.tenantId}/${lease.deviceId}`, renewed)
    return renewed
  }

  async release(scope: TenantScope, lease: Lease): Promise<void> {
    if (this.current(scope, lease.deviceId)?.fencingToken === lease.fencingToken) {
      this.leases.delete(`${scope.tenantId}/${lease.deviceId}`)
    }
  }

  async holder(scope: TenantScope, deviceId: string): Promise<Lease | undefined> {
    return this.current(scope, deviceId)
  }

  /** Makes the present lease run out. */
  async expireLease(scope: TenantScope, deviceId: string): Promise<void> {
    const lease = this.current(scope, deviceId)
    if (lease) this.leases.set(`${scope.tenantId}/${deviceId}`, { ...lease, expiresAt: this.clock.now() })
  }

  private current(scope: TenantScope, deviceId: string): Lease | undefined {
    assertTenantScope(scope)
    const lease = this.leases.get(`${scope.tenantId}/${deviceId}`)
    return lease !== undefined && lease.expiresAt > this.clock.now() ? lease : undefined
  }
}
