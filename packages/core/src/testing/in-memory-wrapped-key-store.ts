import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import { StorageConflictError } from '../errors/storage-errors.js'
import type { WrappedKey, WrappedKeyStore } from '../ports/wrapped-key-store.js'

/** Wrapped keys in memory, for tests. */
export class InMemoryWrappedKeyStore implements WrappedKeyStore {
  private readonly byTenant = new Map<string, WrappedKey[]>()

  async list(scope: TenantScope, deviceId: string | null): Promise<readonly WrappedKey[]> {
    return (await this.listAll(scope)).filter((key) => key.deviceId === deviceId)
  }

  async listAll(scope: TenantScope): Promise<readonly WrappedKey[]> {
    return structuredClone(
      this.keys(scope).toSorted((a, b) =>
        a.deviceId === b.deviceId ? a.version - b.version : (a.deviceId ?? '') < (b.deviceId ?? '') ? -1 : 1,
      ),
    )
  }

  async addFirst(scope: TenantScope, key: WrappedKey): Promise<WrappedKey> {
    const present = this.keys(scope).find((stored) => isSame(stored, key))
    if (present) return structuredClone(present)
    this.byTenant.set(scope.tenantId, [...this.keys(scope), structuredClone(key)])
    return structuredClone(key)
  }

  async rewrap(scope: TenantScope, keys: readonly WrappedKey[]): Promise<void> {
    const present = this.keys(scope)
    if (!keys.every((key) => present.some((stored) => isSame(stored, key)))) {
      throw new StorageConflictError({ store: 'key store' })
    }
    this.byTenant.set(
      scope.tenantId,
      present.map((stored) => structuredClone(keys.find((key) => isSame(stored, key)) ?? stored)),
    )
  }

  async destroy(scope: TenantScope, deviceId: string | null): Promise<number> {
    const present = this.keys(scope)
    const left = deviceId === null ? [] : present.filter((key) => key.deviceId !== deviceId)
    this.byTenant.set(scope.tenantId, left)
    return present.length - left.length
  }

  private keys(scope: TenantScope): WrappedKey[] {
    assertTenantScope(scope)
    return this.byTenant.get(scope.tenantId) ?? []
  }
}

function isSame(a: WrappedKey, b: WrappedKey): boolean {
  return a.deviceId === b.deviceId && a.version === b.version
}
