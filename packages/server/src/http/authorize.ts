import {
  type Permission,
  type Principal,
  permissionRequirements,
  roleSuffices,
  scopesSuffice,
} from '@tod/core'
import { HttpError } from './http-error.js'

/** `403` when the principal's scopes or role do not allow it; which tenant is asked for is checked later. */
export function authorize(principal: Principal, permission: Permission): void {
  const { scope, leastRole } = permissionRequirements[permission]
  if (!scopesSuffice(principal, scope)) {
    throw new HttpError(403, 'ACCESS_DENIED', `API key missing required scope: ${scope}`)
  }
  if (!roleSuffices(principal.role, leastRole)) {
    throw new HttpError(
      403,
      'ACCESS_DENIED',
      `Access denied. Minimum required role: ${leastRole}. Your role: ${principal.role}`,
    )
  }
}
