import { describeTenantSettingsStoreContract, InMemoryTenantSettingsStore } from '@tod/core/testing'

describeTenantSettingsStoreContract('InMemoryTenantSettingsStore', async () => ({
  port: new InMemoryTenantSettingsStore(),
}))
