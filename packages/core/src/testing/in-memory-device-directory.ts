import {
  assertSystemScope,
  assertTenantScope,
  type SystemScope,
  type TenantScope,
} from '../access/tenant-scope.js'
import { StorageConflictError } from '../errors/storage-errors.js'
import type { Device } from '../model/device.js'
import type { WritableDeviceDirectory } from '../ports/device-directory.js'

/** A device directory in memory, for tests. */
export class InMemoryDeviceDirectory implements WritableDeviceDirectory {
  private readonly devices = new Map<string, Device>()

  async find(scope: TenantScope, deviceId: string): Promise<Device | undefined> {
    assertTenantScope(scope)
    const device = this.devices.get(deviceId)
    return device?.tenantId === scope.tenantId ? device : undefined
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
    const present = this.devices.get(device.deviceId)
    if (present !== undefined && present.tenantId !== scope.tenantId) {
      throw new StorageConflictError({ store: 'device directory' })
    }
    const stored = { ...device, tenantId: scope.tenantId }
    this.devices.set(device.deviceId, stored)
    return stored
  }

  async remove(scope: TenantScope, deviceId: string): Promise<boolean> {
    return (await this.find(scope, deviceId)) !== undefined && this.devices.delete(deviceId)
  }
}
