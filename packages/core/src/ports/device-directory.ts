import type { SystemScope, TenantScope } from '../access/tenant-scope.js'
import type { Device } from '../model/device.js'

/** The devices there are. A host with a device table of its own implements this. */
export interface DeviceDirectory {
  /**
   * The device, or undefined when this tenant has none of that id; a device of another tenant is undefined too.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE
   */
  find(scope: TenantScope, deviceId: string): Promise<Device | undefined>
  /** Devices of the tenant in ascending order of `deviceId`, after `after`, at most `limit` (default 1000). */
  list(
    scope: TenantScope,
    page?: { readonly after?: string; readonly limit?: number },
  ): Promise<readonly Device[]>
  /** Ids of all tenants that have or had devices. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  listTenants(system: SystemScope): Promise<readonly string[]>
}

/** A directory that we keep ourselves. */
export interface WritableDeviceDirectory extends DeviceDirectory {
  /**
   * Adds or replaces; the tenant is the scope's. Whether another tenant has a device of the same id makes no difference.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE
   */
  put(scope: TenantScope, device: Omit<Device, 'tenantId'>): Promise<Device>
  /** False when there was none. Credentials, host key, schedules and due time of the device go with it. */
  remove(scope: TenantScope, deviceId: string): Promise<boolean>
}
