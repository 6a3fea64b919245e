import type { HostKeyStore, PinnedHostKey, TenantScope } from '@tod/core'
import type { HostKeyTable } from './schema.js'
import type { Queries, SqlDatabase } from './sql-database.js'
import { wholeMs } from './whole-ms.js'

/** Host keys on record, in the database. */
export class SqlHostKeyStore implements HostKeyStore {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async find(scope: TenantScope, deviceId: string): Promise<PinnedHostKey | undefined> {
    return this.#database.read(scope, (queries) => select(queries, scope, deviceId))
  }

  async pinFirst(scope: TenantScope, key: PinnedHostKey): Promise<PinnedHostKey> {
    return this.#database.write(scope, async (queries) => {
      await queries
        .insertInto('host_keys')
        .values(toRow(scope, key))
        .onConflict((conflict) => conflict.columns(['tenant_id', 'device_id']).doNothing())
        .execute()
      return (await select(queries, scope, key.deviceId)) ?? key
    })
  }

  async replace(scope: TenantScope, key: PinnedHostKey): Promise<void> {
    const { tenant_id: _tenant, device_id: _device, ...values } = toRow(scope, key)
    await this.#database.write(scope, (queries) =>
      queries
        .insertInto('host_keys')
        .values(toRow(scope, key))
        .onConflict((conflict) => conflict.columns(['tenant_id', 'device_id']).doUpdateSet(values))
        .execute(),
    )
  }

  async forget(scope: TenantScope, deviceId: string): Promise<void> {
    await this.#database.write(scope, (queries) =>
      queries
        .deleteFrom('host_keys')
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', deviceId)
        .execute(),
    )
  }
}

async function select(
  queries: Queries,
  scope: TenantScope,
  deviceId: string,
): Promise<PinnedHostKey | undefined> {
  const row = await queries
    .selectFrom('host_keys')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('device_id', '=', deviceId)
    .executeTakeFirst()
  return (
    row && {
      deviceId: row.device_id,
      algorithm: row.algorithm,
      fingerprint: row.fingerprint,
      pinnedAt: row.pinned_at,
      pinnedBy: row.pinned_by,
    }
  )
}

function toRow(scope: TenantScope, key: PinnedHostKey): HostKeyTable {
  return {
    tenant_id: scope.tenantId,
    device_id: key.deviceId,
    algorithm: key.algorithm,
    fingerprint: key.fingerprint,
    pinned_at: wholeMs(key.pinnedAt),
    pinned_by: key.pinnedBy,
  }
}
