import { AccessDeniedError, ScopeInvalidError } from '../errors/request-errors.js'
import { type Permission, permissionCovers } from './permission.js'

declare const tenantBrand: unique symbol
declare const systemBrand: unique symbol

/**
 * Proof that a guard let this principal into this tenant. Only a `TenantGuard` issues one; a cast or a copy is refused
 * at run time by `assertTenantScope`, which every adapter calls first in every method.
 */
export interface TenantScope {
  readonly [tenantBrand]: true
  readonly tenantId: string
  /** Who entered; for the audit log. `system:<purpose>` when the system did. */
  readonly principalId: string
  readonly permission: Permission
}

/** What the system may cross tenants for. */
export type SystemPurpose = 'dispatch' | 'recovery' | 'reindex' | 'maintenance'

/**
 * Lets dispatcher, recovery and reindex learn which (tenant, device, due time, lease, operation id) there are, and
 * nothing else. To touch what belongs to a tenant, the holder enters one `TenantScope` per item through the guard.
 */
export interface SystemScope {
  readonly [systemBrand]: true
  readonly purpose: SystemPurpose
}

const tenantScopes = new WeakSet<object>()
const systemScopes = new WeakSet<object>()

/** For `defineTenantGuard` alone; not exported from the package. */
export function issueTenantScope(tenantId: string, principalId: string, permission: Permission): TenantScope {
  const scope = Object.freeze({ tenantId, principalId, permission }) as TenantScope
  tenantScopes.add(scope)
  return scope
}

/** For `defineTenantGuard` alone; not exported from the package. */
export function issueSystemScope(purpose: SystemPurpose): SystemScope {
  const scope = Object.freeze({ purpose }) as SystemScope
  systemScopes.add(scope)
  return scope
}

/**
 * Refuses anything that no guard has issued. Adapters call it in every method that takes a scope.
 *
 * @throws SCOPE_INVALID
 */
export function assertTenantScope(scope: TenantScope): void {
  if (typeof scope !== 'object' || scope === null || !tenantScopes.has(scope)) {
    throw new ScopeInvalidError({ expected: 'tenant' })
  }
}

/**
 * Refuses anything that no guard has issued as a system scope.
 *
 * @throws SCOPE_INVALID
 */
export function assertSystemScope(scope: SystemScope): void {
  if (typeof scope !== 'object' || scope === null || !systemScopes.has(scope)) {
    throw new ScopeInvalidError({ expected: 'system' })
  }
}

/**
 * Refuses a scope that was entered for less than what is about to be done. Services call it first.
 *
 * @throws SCOPE_INVALID
 * @throws ACCESS_DENIED
 */
export function requirePermission(scope: TenantScope, needed: Permission): void {
  assertTenantScope(scope)
  if (!permissionCovers(scope.permission, needed)) {
    throw new AccessDeniedError({
      because: `Access denied: entered for '${scope.permission}', not for '${needed}'.`,
    })
  }
}
