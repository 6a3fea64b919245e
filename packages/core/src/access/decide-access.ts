import type { Principal } from '../model/principal.js'
import { type Permission, permissionRequirements } from './permission.js'
import { roleSuffices } from './roles.js'
import { scopesSuffice } from './scopes.js'

/** Answer of the host to "may this principal do this in this tenant?". `because` is shown to the caller. */
export type AccessDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: string }

/**
 * The decision that the reference server makes and that hosts without rules of their own can use: API key scopes, then
 * role, then tenant (a `super_admin` may act in any tenant).
 */
export function decideAccess(principal: Principal, tenantId: string, permission: Permission): AccessDecision {
  const { scope, leastRole } = permissionRequirements[permission]
  if (!scopesSuffice(principal, scope)) {
    return { allowed: false, because: `API key missing required scope: ${scope}` }
  }
  if (!roleSuffices(principal.role, leastRole)) {
    return {
      allowed: false,
      because: `Access denied. Minimum required role: ${leastRole}. Your role: ${principal.role}`,
    }
  }
  if (principal.role !== 'super_admin' && principal.tenantId !== tenantId) {
    return { allowed: false, because: 'Access denied: you do not belong to this tenant.' }
  }
  return { allowed: true }
}
