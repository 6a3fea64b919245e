import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import type { HostKeyStore, PinnedHostKey } from '../ports/host-key-store.js'

/** Host keys in memory, for tests. */
export class InMemoryHostKeyStore implements HostKeyStore {
  private readonly keys = new Map<string, PinnedHostKey>()

  async find(scope: TenantScope, deviceId: string): Promise<PinnedHostKey | undefined> {
    return this.keys.get(nameOf(scope, deviceId))
  }

  async pinFirst(scope: TenantScope, key: PinnedHostKey): Promise<PinnedHostKey> {
    const present = this.keys.get(nameOf(scope, key.deviceId))
    if (present) return present
    this.keys.set(nameOf(scope, key.deviceId), key)
    return key
  }

  async replace(scope: TenantScope, key: PinnedHostKey): Promise<void> {
    this.keys.set(nameOf(scope, key.deviceId), key)
  }

  async forget(scope: TenantScope, deviceId: string): Promise<void> {
    this.keys.delete(nameOf(scope, deviceId))
  }
}

function nameOf(scope: TenantScope, deviceId: string): string {
  assertTenantScope(scope)
  return `${scope.tenantId}/${deviceId}`
}
