import { StorageConflictError, type TenantScope, type WrappedKey, type WrappedKeyStore } from '@tod/core'
import type { WrappedKeyTable } from './schema.js'
import type { Queries, SqlDatabase } from './sql-database.js'
import { noteTenant } from './tenant-repository.js'
import { wholeMs } from './whole-ms.js'

/** Stands for the tenant's own key where a device's id would be. No device has an empty id. */
const tenantKey = ''

/** Wrapped keys, in the database. */
export class SqlWrappedKeyStore implements WrappedKeyStore {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async list(scope: TenantScope, deviceId: string | null): Promise<readonly WrappedKey[]> {
    const rows = await this.#database.read(scope, (queries) =>
      ofTenant(queries, scope)
        .where('device_key', '=', deviceId ?? tenantKey)
        .orderBy('version')
        .execute(),
    )
    return rows.map(toWrappedKey)
  }

  async listAll(scope: TenantScope): Promise<readonly WrappedKey[]> {
    const rows = await this.#database.read(scope, (queries) =>
      ofTenant(queries, scope).orderBy('device_key').orderBy('version').execute(),
    )
    return rows.map(toWrappedKey)
  }

  async addFirst(scope: TenantScope, key: WrappedKey): Promise<WrappedKey> {
    return this.#database.write(scope, async (queries) => {
      await noteTenant(queries, scope, this.#database.nowMs)
      await queries
        .insertInto('wrapped_keys')
        .values({
          tenant_id: scope.tenantId,
          device_key: key.deviceId ?? tenantKey,
          version: key.version,
          wrapped_by: key.wrappedBy,
          wrapped: Buffer.from(key.wrapped),
          created_at: wholeMs(key.createdAt),
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'device_key', 'version']).doNothing())
        .execute()
      const row = await ofTenant(queries, scope)
        .where('device_key', '=', key.deviceId ?? tenantKey)
        .where('version', '=', key.version)
        .executeTakeFirstOrThrow()
      return toWrappedKey(row)
    })
  }

  async rewrap(scope: TenantScope, keys: readonly WrappedKey[]): Promise<void> {
    await this.#database.write(scope, async (queries) => {
      for (const key of keys) {
        const updated = await queries
          .updateTable('wrapped_keys')
          .set({ wrapped: Buffer.from(key.wrapped), wrapped_by: key.wrappedBy })
          .where('tenant_id', '=', scope.tenantId)
          .where('device_key', '=', key.deviceId ?? tenantKey)
          .where('version', '=', key.version)
          .executeTakeFirst()
        if (updated.numUpdatedRows === 0n) throw new StorageConflictError({ store: 'key store' })
      }
    })
  }

  async destroy(scope: TenantScope, deviceId: string | null): Promise<number> {
    const removed = await this.#database.write(scope, (queries) =>
      queries
        .deleteFrom('wrapped_keys')
        .where('tenant_id', '=', scope.tenantId)
        .$if(deviceId !== null, (query) => query.where('device_key', '=', deviceId ?? tenantKey))
        .executeTakeFirst(),
    )
    return Number(removed.numDeletedRows)
  }
}

function ofTenant(queries: Queries, scope: TenantScope) {
  return queries.selectFrom('wrapped_keys').selectAll().where('tenant_id', '=', scope.tenantId)
}

function toWrappedKey(row: WrappedKeyTable): WrappedKey {
  return {
    deviceId: row.device_key === tenantKey ? null : row.device_key,
    version: row.version,
    wrappedBy: row.wrapped_by,
    wrapped: new Uint8Array(row.wrapped),
    createdAt: row.created_at,
  }
}
