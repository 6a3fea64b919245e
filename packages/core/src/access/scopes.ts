import type { Principal } from '../model/principal.js'

/** What an API key can be limited to. */
export type AccessScope = 'config:read' | 'config:write'

/** True when the principal's scopes allow it. Only API keys are limited by scopes. */
export function scopesSuffice(principal: Pick<Principal, 'role' | 'scopes'>, needed: AccessScope): boolean {
  return principal.role !== 'api_key' || (principal.scopes ?? []).includes(needed)
}
