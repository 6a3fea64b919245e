import { type Kysely, sql } from 'kysely'
import type { Schema } from '../sql/schema.js'
import { tenantTables } from './row-security.js'

/** The role that we logged in as, or the tables, would let one tenant see another's rows. */
export class UnsafeDatabaseRoleError extends Error {
  override readonly name = 'UnsafeDatabaseRoleError'
}

interface RoleFacts {
  readonly bypasses: boolean
  readonly owned: number
  readonly unprotected: number
}

/**
 * Refuses to work as a role that row-level security would not hold, or on tables that are not under it.
 *
 * @throws UnsafeDatabaseRoleError
 */
export async function assertSafeRole(kysely: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<RoleFacts>`
    select
      (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as bypasses,
      count(*) filter (where pg_has_role(current_user, relowner, 'member')) as owned,
      count(*) filter (where not (relrowsecurity and relforcerowsecurity)) as unprotected
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname in (${sql.join(tenantTables.map((table) => sql.lit(table)))})`.execute(kysely)
  const facts = rows[0]
  if (facts === undefined || facts.bypasses) {
    throw new UnsafeDatabaseRoleError('The database role is a superuser or may bypass row-level security.')
  }
  if (facts.owned > 0) throw new UnsafeDatabaseRoleError('The database role owns the tables.')
  if (facts.unprotected > 0)
    throw new UnsafeDatabaseRoleError('Tables are not under forced row-level security.')
}
