import type { Role } from '../model/principal.js'

const rankByRole: Readonly<Record<Role, number>> = {
  viewer: 0,
  operator: 1,
  api_key: 1,
  tenant_admin: 2,
  super_admin: 3,
}

/** True for a role of ours; anything else has no rights. */
export function isRole(role: string): role is Role {
  return Object.hasOwn(rankByRole, role)
}

/** True when `role` may do what `least` may do. `operator` and `api_key` are equal. */
export function roleSuffices(role: string, least: Role): boolean {
  return isRole(role) && rankByRole[role] >= rankByRole[least]
}
