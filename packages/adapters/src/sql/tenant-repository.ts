import type { SystemScope, TenantScope } from '@tod/core'
import type { RawBuilder } from 'kysely'
import type { Queries, SqlDatabase } from './sql-database.js'

/** A tenant of the installation. */
export interface Tenant {
  readonly tenantId: string
  /** Null where the host keeps the names. */
  readonly name: string | null
  /** UTC, ms since 1970. */
  readonly createdAt: number
}

/** The tenants there are, for servers that manage them themselves. */
export class TenantRepository {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  /** Adds the scope's tenant or renames it. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  async put(scope: TenantScope, tenant: { readonly name: string }): Promise<Tenant> {
    const row = await this.#database.write(scope, (queries) =>
      queries
        .insertInto('tenants')
        .values({ tenant_id: scope.tenantId, name: tenant.name, created_at: this.#database.nowMs })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ name: tenant.name }))
        .returningAll()
        .executeTakeFirstOrThrow(),
    )
    return { tenantId: row.tenant_id, name: row.name, createdAt: row.created_at }
  }

  /** The scope's tenant, or undefined when nothing was ever kept for it. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  async find(scope: TenantScope): Promise<Tenant | undefined> {
    const row = await this.#database.read(scope, (queries) =>
      queries.selectFrom('tenants').selectAll().where('tenant_id', '=', scope.tenantId).executeTakeFirst(),
    )
    return row && { tenantId: row.tenant_id, name: row.name, createdAt: row.created_at }
  }

  /**
   * Takes the scope's tenant off the list, with its settings and default schedule, and revokes its API keys, unless it
   * has devices. What its repository holds and the keys it is sealed with stay: adding the tenant again finds both.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE
   */
  async remove(scope: TenantScope): Promise<'removed' | 'not-there' | 'has-devices'> {
    const { tenantId } = scope
    return this.#database.write(scope, async (queries) => {
      const device = await queries
        .selectFrom('devices')
        .select('device_id')
        .where('tenant_id', '=', tenantId)
        .limit(1)
        .executeTakeFirst()
      if (device !== undefined) return 'has-devices'
      const removed = await queries.deleteFrom('tenants').where('tenant_id', '=', tenantId).executeTakeFirst()
      if (removed.numDeletedRows === 0n) return 'not-there'
      for (const table of ['tenant_settings', 'schedules'] as const) {
        await queries.deleteFrom(table).where('tenant_id', '=', tenantId).execute()
      }
      await queries
        .updateTable('api_keys')
        .set({ revoked_at: this.#database.nowMs })
        .where('tenant_id', '=', tenantId)
        .where('revoked_at', 'is', null)
        .execute()
      return 'removed'
    })
  }

  /** All tenants, by id. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  async list(system: SystemScope): Promise<readonly Tenant[]> {
    const rows = await this.#database.readAsSystem(system, (queries) =>
      queries
        .selectFrom('tenants')
        .select(['tenant_id', 'name', 'created_at'])
        .orderBy('tenant_id')
        .execute(),
    )
    return rows.map((row) => ({ tenantId: row.tenant_id, name: row.name, createdAt: row.created_at }))
  }
}

/** Makes sure that the scope's tenant is listed: what belongs to it must be found again by reindex. */
export async function noteTenant(
  queries: Queries,
  scope: TenantScope,
  nowMs: RawBuilder<number>,
): Promise<void> {
  await queries
    .insertInto('tenants')
    .values({ tenant_id: scope.tenantId, name: null, created_at: nowMs })
    .onConflict((conflict) => conflict.column('tenant_id').doNothing())
    .execute()
}
