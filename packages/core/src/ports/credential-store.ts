import type { TenantScope } from '../access/tenant-scope.js'
import type { DeviceCredentials } from '../model/device.js'

/** What we log in to devices with. A host with a vault of its own implements this. */
export interface CredentialStore {
  /**
   * The credentials, or undefined when the device has none in this tenant.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · KEY_SERVICE_UNAVAILABLE · BACKUP_NOT_DECRYPTABLE
   */
  find(
    scope: TenantScope,
    deviceId: string,
    options?: { readonly signal?: AbortSignal },
  ): Promise<DeviceCredentials | undefined>
}

/** A store that we keep ourselves; credentials are sealed before they are written. */
export interface WritableCredentialStore extends CredentialStore {
  /** Adds or replaces. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · KEY_SERVICE_UNAVAILABLE */
  put(scope: TenantScope, deviceId: string, credentials: DeviceCredentials): Promise<void>
  /** False when there were none. */
  remove(scope: TenantScope, deviceId: string): Promise<boolean>
}
