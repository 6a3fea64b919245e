import type { Role } from '../model/principal.js'
import type { AccessScope } from './scopes.js'

/**
 * What a tenant scope is entered for. Later ones include earlier ones: `read` lists and reads backups, `preview`
 * contacts a device without changing it, `write` backs up, restores and changes schedules, `administer` accepts host
 * keys, changes devices, credentials and retention.
 */
export type Permission = 'read' | 'preview' | 'write' | 'administer'

const rankByPermission: Readonly<Record<Permission, number>> = {
  read: 0,
  preview: 1,
  write: 2,
  administer: 3,
}

/** What a principal needs for a permission. */
export interface PermissionRequirement {
  readonly scope: AccessScope
  readonly leastRole: Role
}

/** Scope and least role for each permission, as the HTTP contract has them. */
export const permissionRequirements: Readonly<Record<Permission, PermissionRequirement>> = {
  read: { scope: 'config:read', leastRole: 'viewer' },
  preview: { scope: 'config:read', leastRole: 'operator' },
  write: { scope: 'config:write', leastRole: 'operator' },
  administer: { scope: 'config:write', leastRole: 'tenant_admin' },
}

/** True when a scope entered for `held` may be used for `needed`. */
export function permissionCovers(held: Permission, needed: Permission): boolean {
  return rankByPermission[held] >= rankByPermission[needed]
}
