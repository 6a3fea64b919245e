import { type DeviceLock, type Lease, LeaseLostError, type LockPurpose, type TenantScope } from '@tod/core'
import { sql } from 'kysely'
import type { DeviceLockTable } from './schema.js'
import type { Queries, SqlDatabase } from './sql-database.js'

/**
 * One holder per device over all processes that share the database, by its clock. A device's row stays when the lease
 * is given back: its fencing token has to go on ascending.
 */
export class SqlDeviceLock implements DeviceLock {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async acquire(
    scope: TenantScope,
    deviceId: string,
    request: { readonly holder: string; readonly purpose: LockPurpose; readonly leaseMs: number },
  ): Promise<Lease | undefined> {
    const { nowMs } = this.#database
    const expiresAt = sql<number>`${nowMs} + ${milliseconds(request.leaseMs)}`
    const row = await this.#database.write(scope, (queries) =>
      queries
        .insertInto('device_locks')
        .values({
          tenant_id: scope.tenantId,
          device_id: deviceId,
          holder: request.holder,
          purpose: request.purpose,
          fencing_token: 1,
          expires_at: expiresAt,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'device_id'])
            .doUpdateSet({
              holder: request.holder,
              purpose: request.purpose,
              fencing_token: sql<number>`device_locks.fencing_token + 1`,
              expires_at: expiresAt,
            })
            .where((where) =>
              where.or([
                where('device_locks.holder', 'is', null),
                where('device_locks.expires_at', '<=', nowMs),
              ]),
            ),
        )
        .returningAll()
        .executeTakeFirst(),
    )
    return row && toLease(row)
  }

  async renew(scope: TenantScope, lease: Lease, leaseMs: number): Promise<Lease> {
    const { nowMs } = this.#database
    const row = await this.#database.write(scope, (queries) =>
      queries
        .updateTable('device_locks')
        .set({ expires_at: sql<number>`${nowMs} + ${milliseconds(leaseMs)}` })
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', lease.deviceId)
        .where('fencing_token', '=', lease.fencingToken)
        .where('holder', 'is not', null)
        .where('expires_at', '>', nowMs)
        .returningAll()
        .executeTakeFirst(),
    )
    if (row === undefined) throw new LeaseLostError({ deviceId: lease.deviceId })
    return toLease(row)
  }

  async release(scope: TenantScope, lease: Lease): Promise<void> {
    await this.#database.write(scope, (queries) =>
      queries
        .updateTable('device_locks')
        .set({ holder: null })
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', lease.deviceId)
        .where('fencing_token', '=', lease.fencingToken)
        .execute(),
    )
  }

  async holder(scope: TenantScope, deviceId: string): Promise<Lease | undefined> {
    const row = await this.#database.read(scope, (queries) =>
      held(queries, scope, deviceId).where('expires_at', '>', this.#database.nowMs).executeTakeFirst(),
    )
    return row && toLease(row)
  }
}

function held(queries: Queries, scope: TenantScope, deviceId: string) {
  return queries
    .selectFrom('device_locks')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('device_id', '=', deviceId)
    .where('holder', 'is not', null)
}

function milliseconds(ms: number) {
  return sql<number>`cast(${Math.ceil(ms)} as bigint)`
}

function toLease(row: DeviceLockTable): Lease {
  return {
    tenantId: row.tenant_id,
    deviceId: row.device_id,
    holder: row.holder ?? '',
    purpose: row.purpose as LockPurpose,
    fencingToken: row.fencing_token,
    expiresAt: row.expires_at,
  }
}
