import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import type { DeviceCredentials } from '../model/device.js'
import type { WritableCredentialStore } from '../ports/credential-store.js'

/** Credentials in memory, for tests. */
export class InMemoryCredentialStore implements WritableCredentialStore {
  private readonly credentials = new Map<string, DeviceCredentials>()

  async find(scope: TenantScope, deviceId: string): Promise<DeviceCredentials | undefined> {
    return this.credentials.get(key(scope, deviceId))
  }

  async put(scope: TenantScope, deviceId: string, credentials: DeviceCredentials): Promise<void> {
    this.credentials.set(key(scope, deviceId), { ...credentials })
  }

  async remove(scope: TenantScope, deviceId: string): Promise<boolean> {
    return this.credentials.delete(key(scope, deviceId))
  }
}

function key(scope: TenantScope, deviceId: string): string {
  assertTenantScope(scope)
  return `${scope.tenantId}/${deviceId}`
}
