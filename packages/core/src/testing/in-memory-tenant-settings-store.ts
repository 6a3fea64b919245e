import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import type { TenantSettings } from '../model/tenant-settings.js'
import type { TenantSettingsStore } from '../ports/tenant-settings-store.js'

/** Tenant settings in memory, for tests and for hosts with one set for all. */
export class InMemoryTenantSettingsStore implements TenantSettingsStore {
  private readonly byTenant = new Map<string, Partial<TenantSettings>>()

  async find(scope: TenantScope): Promise<Partial<TenantSettings>> {
    assertTenantScope(scope)
    return this.byTenant.get(scope.tenantId) ?? {}
  }

  async put(scope: TenantScope, settings: Partial<TenantSettings>): Promise<void> {
    assertTenantScope(scope)
    this.byTenant.set(scope.tenantId, settings)
  }
}
