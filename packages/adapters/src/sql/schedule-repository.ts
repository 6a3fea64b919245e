import { randomUUID } from 'node:crypto'
import type { DueDevice, ScheduleRepository, ScheduleRow, SystemScope, TenantScope } from '@tod/core'
import { sql } from 'kysely'
import type { ScheduleTable } from './schema.js'
import type { SqlDatabase } from './sql-database.js'
import { wholeMs } from './whole-ms.js'

/** Stands for the tenant's default where a device's id would be. No device has an empty id. */
const tenantDefault = ''

/** Schedules and due times, in the database. */
export class SqlScheduleRepository implements ScheduleRepository {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async find(scope: TenantScope, deviceId: string | null): Promise<ScheduleRow | undefined> {
    const row = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('schedules')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .where('device_key', '=', deviceId ?? tenantDefault)
        .executeTakeFirst(),
    )
    return row && toScheduleRow(row)
  }

  async put(
    scope: TenantScope,
    change: { readonly deviceId: string | null; readonly cronExpression: string; readonly enabled: boolean },
  ): Promise<ScheduleRow> {
    const values = { cron_expression: change.cronExpression, enabled: change.enabled ? 1 : 0 }
    const row = await this.#database.write(scope, (queries) =>
      queries
        .insertInto('schedules')
        .values({
          tenant_id: scope.tenantId,
          device_key: change.deviceId ?? tenantDefault,
          id: randomUUID(),
          ...values,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'device_key']).doUpdateSet(values))
        .returningAll()
        .executeTakeFirstOrThrow(),
    )
    return toScheduleRow(row)
  }

  async remove(scope: TenantScope, deviceId: string | null): Promise<boolean> {
    const removed = await this.#database.write(scope, (queries) =>
      queries
        .deleteFrom('schedules')
        .where('tenant_id', '=', scope.tenantId)
        .where('device_key', '=', deviceId ?? tenantDefault)
        .executeTakeFirst(),
    )
    return removed.numDeletedRows > 0n
  }

  async setDue(scope: TenantScope, deviceId: string, dueAt: number | null): Promise<void> {
    const values = { due_at: dueAt === null ? null : wholeMs(dueAt), claimed_until: null }
    await this.#database.write(scope, (queries) =>
      queries
        .insertInto('device_due')
        .values({ tenant_id: scope.tenantId, device_id: deviceId, ...values })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'device_id']).doUpdateSet(values))
        .execute(),
    )
  }

  async findDue(scope: TenantScope, deviceId: string): Promise<number | null | undefined> {
    const row = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('device_due')
        .select('due_at')
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', deviceId)
        .executeTakeFirst(),
    )
    return row?.due_at
  }

  async claimDue(
    system: SystemScope,
    request: { readonly now: number; readonly limit: number; readonly claimMs: number },
  ): Promise<readonly DueDevice[]> {
    const { limit, claimMs } = request
    const now = wholeMs(request.now)
    const { rows } = await this.#database.writeAsSystem(system, (queries) =>
      sql<{ readonly tenant_id: string; readonly device_id: string; readonly due_at: number }>`
        update device_due set claimed_until = ${wholeMs(now + claimMs)}
        where (tenant_id, device_id) in (
          select tenant_id, device_id from device_due
          where due_at <= ${now} and (claimed_until is null or claimed_until <= ${now})
          order by due_at limit ${limit} ${this.#database.skipLocked}
        )
        returning tenant_id, device_id, due_at`.execute(queries),
    )
    return rows
      .map((row) => ({ tenantId: row.tenant_id, deviceId: row.device_id, dueAt: row.due_at }))
      .sort((a, b) => a.dueAt - b.dueAt)
  }

  async advance(
    scope: TenantScope,
    deviceId: string,
    change: { readonly expectedDueAt: number; readonly nextDueAt: number | null },
  ): Promise<boolean> {
    const updated = await this.#database.write(scope, (queries) =>
      queries
        .updateTable('device_due')
        .set({ due_at: change.nextDueAt === null ? null : wholeMs(change.nextDueAt), claimed_until: null })
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', deviceId)
        .where('due_at', '=', wholeMs(change.expectedDueAt))
        .executeTakeFirst(),
    )
    return updated.numUpdatedRows > 0n
  }
}

function toScheduleRow(row: ScheduleTable): ScheduleRow {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    deviceId: row.device_key === tenantDefault ? null : row.device_key,
    cronExpression: row.cron_expression,
    enabled: row.enabled === 1,
  }
}
