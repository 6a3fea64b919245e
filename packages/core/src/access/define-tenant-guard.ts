import { AccessDeniedError } from '../errors/request-errors.js'
import type { Principal } from '../model/principal.js'
import type { TenantGuard } from '../ports/tenant-guard.js'
import type { AccessDecision } from './decide-access.js'
import type { Permission } from './permission.js'
import { assertSystemScope, issueSystemScope, issueTenantScope, type TenantScope } from './tenant-scope.js'

/** The host's answer; may ask its own user table. An error thrown here denies access and is passed on. */
export type DecideAccess = (
  principal: Principal,
  tenantId: string,
  permission: Permission,
) => AccessDecision | Promise<AccessDecision>

/**
 * Makes the only thing that issues tenant scopes. The host says who may do what; the guard turns a yes into a scope.
 *
 * @example
 * const guard = defineTenantGuard(decideAccess)
 * const scope = await guard.enter(principal, tenantId, 'write')
 */
export function defineTenantGuard(decide: DecideAccess): TenantGuard {
  return {
    async enter(principal, tenantId, permission) {
      const decision = await decide(principal, tenantId, permission)
      if (!decision.allowed) throw new AccessDeniedError({ because: decision.because })
      return issueTenantScope(tenantId, principal.id, permission)
    },
    openSystemScope: (purpose) => issueSystemScope(purpose),
    enterAsSystem(system, tenantId, permission = 'administer') {
      assertSystemScope(system)
      return issueTenantScope(tenantId, `system:${system.purpose}`, permission)
    },
  }
}

/** A guard for hosts without tenants, and the one scope there is. */
export interface SingleTenant {
  /** Lets everybody into the one tenant and nobody into another. Hand it to `createTod`. */
  readonly guard: TenantGuard
  /** Entered once, for everything. */
  readonly scope: TenantScope
  readonly tenantId: string
}

/**
 * For hosts that have no tenants: one guard, one scope, entered for everything. Who may call is the host's own affair.
 *
 * @param tenantId names the repository on disk; default the nil UUID.
 */
export function singleTenant(tenantId = '00000000-0000-0000-0000-000000000000'): SingleTenant {
  const inner = defineTenantGuard((_principal, asked) =>
    asked === tenantId
      ? { allowed: true }
      : { allowed: false, because: 'Access denied: you do not belong to this tenant.' },
  )
  const guard: TenantGuard = {
    ...inner,
    enterAsSystem(system, asked, permission) {
      if (asked !== tenantId)
        throw new AccessDeniedError({ because: 'Access denied: there is one tenant only.' })
      return inner.enterAsSystem(system, asked, permission)
    },
  }
  return { guard, scope: issueTenantScope(tenantId, 'single-tenant', 'administer'), tenantId }
}
