import type { TenantScope } from '../access/tenant-scope.js'
import { defaultTenantSettings, type TenantSettings } from '../model/tenant-settings.js'
import type { TenantSettingsStore } from '../ports/tenant-settings-store.js'

/** The tenant's settings, with the default for each that it has not set. */
export async function tenantSettingsOf(
  ports: { readonly settings: TenantSettingsStore },
  scope: TenantScope,
): Promise<TenantSettings> {
  return { ...defaultTenantSettings, ...(await ports.settings.find(scope)) }
}

/** The same settings for every tenant; the default of `createTod`. */
export function fixedSettings(settings: Partial<TenantSettings> = {}): TenantSettingsStore {
  return { find: async () => settings }
}
