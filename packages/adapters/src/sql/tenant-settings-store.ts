import type { TenantScope, TenantSettings, TenantSettingsStore } from '@tod/core'
import type { SqlDatabase } from './sql-database.js'

/** Settings of tenants, in the database. */
export class SqlTenantSettingsStore implements TenantSettingsStore {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async find(scope: TenantScope): Promise<Partial<TenantSettings>> {
    const row = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('tenant_settings')
        .select('settings')
        .where('tenant_id', '=', scope.tenantId)
        .executeTakeFirst(),
    )
    return row === undefined ? {} : (JSON.parse(row.settings) as Partial<TenantSettings>)
  }

  async put(scope: TenantScope, settings: Partial<TenantSettings>): Promise<void> {
    const text = JSON.stringify(settings)
    await this.#database.write(scope, (queries) =>
      queries
        .insertInto('tenant_settings')
        .values({ tenant_id: scope.tenantId, settings: text })
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ settings: text }))
        .execute(),
    )
  }
}
