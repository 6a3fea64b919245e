import pg from 'pg'
import type { Schema } from '../sql/schema.js'
import type { PostgresRoles } from './postgres-roles.js'

/** Every table is a tenant table. A table that is missing here fails to compile. */
const rights: Readonly<Record<keyof Schema, string>> = {
  tenants: 'select, insert, update, delete',
  tenant_settings: 'select, insert, update, delete',
  devices: 'select, insert, update, delete',
  credentials: 'select, insert, update, delete',
  host_keys: 'select, insert, update, delete',
  backup_runs: 'select, insert, update, delete',
  failed_runs: 'select, insert, delete',
  schedules: 'select, insert, update, delete',
  device_due: 'select, insert, update, delete',
  // No row of a lock is ever removed: its fencing token must go on ascending.
  device_locks: 'select, insert, update',
  push_operations: 'select, insert, update',
  push_timeline: 'select, insert',
  wrapped_keys: 'select, insert, update, delete',
  audit_log: 'select, insert',
  api_keys: 'select, insert, update',
  idempotency_keys: 'select, insert, update, delete',
}

/** What may be seen across tenants, column by column. */
const systemColumns: Readonly<Partial<Record<keyof Schema, string>>> = {
  tenants: 'tenant_id, name, created_at',
  device_due: 'tenant_id, device_id, due_at, claimed_until',
  push_operations: 'tenant_id, device_id, operation_id, state, open, updated_at',
  api_keys: 'id, tenant_id, name, key_hash, scopes, created_by, created_at, expires_at, revoked_at',
}

/** Names of all tenant tables. */
export const tenantTables = Object.keys(rights) as readonly (keyof Schema)[]

/**
 * Statements that put every table under row-level security, for the owner of the tables too (`force`), and give the
 * roles what they need and no more. The tenant of a transaction is the setting `app.tenant`; where it is not set, or
 * was set by an earlier transaction of the same connection, no row matches.
 */
export function rowSecurity(roles: PostgresRoles): readonly string[] {
  const app = pg.escapeIdentifier(roles.appRole)
  const system = pg.escapeIdentifier(roles.systemRole)
  const ofTenant = `tenant_id = nullif(current_setting('app.tenant', true), '')`
  const statements: string[] = [`grant usage on schema public to ${app}, ${system}`]
  for (const [table, granted] of Object.entries(rights)) {
    statements.push(
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy of_tenant on ${table} using (${ofTenant}) with check (${ofTenant})`,
      `grant ${granted} on ${table} to ${app}`,
    )
  }
  for (const [table, columns] of Object.entries(systemColumns)) {
    statements.push(
      `create policy for_system on ${table} for select to ${system} using (true)`,
      `grant select (${columns}) on ${table} to ${system}`,
    )
  }
  statements.push(
    `create policy claims_for_system on device_due for update to ${system} using (true) with check (true)`,
    `grant update (claimed_until) on device_due to ${system}`,
    `grant select on tod_migrations to ${app}`,
  )
  return statements
}
