import {
  assertSystemScope,
  assertTenantScope,
  type SystemScope,
  type TenantScope,
} from '../access/tenant-scope.js'
import type { Device } from '../model/device.js'
import type { WritableDeviceDirectory } from '../ports/device-directory.js'

/** A device directory in memory, for tests. */
export class InMemoryDeviceDirectory implements WritableDeviceDirectory {
  private readonly devices = new Map<string, Device>()

  async find(scope: TenantScope, deviceId: string): Promise<Device | undefined> {
    assertTenantScope(scope)
    return this.devices.get(keyOf(scope, deviceId))
  }

  async list(
    scope: TenantScope,
    page: { readonly after?: string; readonly limit?: number } = {},
  ): Promise<readonly Device[]> {
    assertTenantScope(scope)
    return [...this.devices.values()]
      .filter((device) => device.tenantId === scope.tenantId && device.deviceId > (page.after ?? ''))
      .sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1))
      .slice(0, page.limit ?? 1000)
  }

  async listTenants(system: SystemScope): Promise<readonly string[]> {
    assertSystemScope(system)
    return [...new Set([...this.devices.values()].map((device) => device.tenantId))].sort()
  }

  async put(scope: TenantScope, device: Omit<Device, 'tenantId'>): Promise<Device> {
    assertTenantScope(scope)
    const stored = { ...device, tenantId: scope.tenantId }
    this.devices.set(keyOf(scope, device.deviceId), stored)
    return stored
  }

  async remove(scope: TenantScope, deviceId: string): Promise<boolean> {
    assertTenantScope(scope)
    return this.devices.delete(keyOf(scope, deviceId))
  }
}

function keyOf({ tenantId }: TenantScope, deviceId: string): string {
  return JSON.stringify([tenantId, deviceId])
}
