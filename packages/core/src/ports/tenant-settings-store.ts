import type { TenantScope } from '../access/tenant-scope.js'
import type { TenantSettings } from '../model/tenant-settings.js'

/** Settings of tenants; what is missing is taken from `defaultTenantSettings`. */
export interface TenantSettingsStore {
  find(scope: TenantScope): Promise<Partial<TenantSettings>>
  put?(scope: TenantScope, settings: Partial<TenantSettings>): Promise<void>
}
