import type { Permission } from '../access/permission.js'
import type { SystemPurpose, SystemScope, TenantScope } from '../access/tenant-scope.js'
import type { Principal } from '../model/principal.js'

/**
 * Asks the host application whether a principal may act in a tenant, and issues the scope that everything else needs.
 * Made by `defineTenantGuard` or `singleTenant`; there is no other way to a scope.
 */
export interface TenantGuard {
  /**
   * Lets a principal into a tenant for a permission.
   *
   * @throws ACCESS_DENIED
   */
  enter(principal: Principal, tenantId: string, permission: Permission): Promise<TenantScope>
  /** For dispatcher, recovery, reindex and maintenance; see `SystemScope` for what it can reach. */
  openSystemScope(purpose: SystemPurpose): SystemScope
  /** One tenant at a time, on behalf of the system; default permission `administer`. @throws SCOPE_INVALID */
  enterAsSystem(system: SystemScope, tenantId: string, permission?: Permission): TenantScope
}
