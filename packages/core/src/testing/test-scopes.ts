import { defineTenantGuard } from '../access/define-tenant-guard.js'
import type { Permission } from '../access/permission.js'
import type { SystemPurpose, SystemScope, TenantScope } from '../access/tenant-scope.js'
import type { TenantGuard } from '../ports/tenant-guard.js'

/** Two tenants and some devices with ids of the shape that the wire has. */
export const testIds = {
  tenantA: 'a0000000-0000-4000-8000-000000000001',
  tenantB: 'b0000000-0000-4000-8000-000000000002',
  device1: 'd0000000-0000-4000-8000-000000000001',
  device2: 'd0000000-0000-4000-8000-000000000002',
  device3: 'd0000000-0000-4000-8000-000000000003',
} as const

/** A guard that lets everybody in everywhere; for tests alone. */
export const openGuard: TenantGuard = defineTenantGuard(() => ({ allowed: true }))

/** A scope of a tenant for tests; default tenant A, permission `administer`. */
export function testScope(
  tenantId: string = testIds.tenantA,
  permission: Permission = 'administer',
): TenantScope {
  return openGuard.enterAsSystem(openGuard.openSystemScope('maintenance'), tenantId, permission)
}

/** A system scope for tests. */
export function testSystemScope(purpose: SystemPurpose = 'dispatch'): SystemScope {
  return openGuard.openSystemScope(purpose)
}

/** Looks like a scope and is none: what a cast would hand over. */
export function forgedScope(tenantId: string = testIds.tenantA): TenantScope {
  return { tenantId, principalId: 'forged', permission: 'administer' } as unknown as TenantScope
}
