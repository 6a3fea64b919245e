import type { AuditEntry, AuditLog, AuditRecord, TenantScope } from '@tod/core'
import type { SqlDatabase } from './sql-database.js'
import { wholeMs } from './whole-ms.js'

/** The audit log, in the database. On PostgreSQL the application may add and read rows, not change or remove them. */
export class SqlAuditLog implements AuditLog {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async append(scope: TenantScope, record: AuditRecord): Promise<void> {
    await this.#database.write(scope, (queries) =>
      queries
        .insertInto('audit_log')
        .values({
          tenant_id: scope.tenantId,
          principal_id: scope.principalId,
          action: record.action,
          device_id: record.deviceId,
          at: wholeMs(record.at),
          facts: JSON.stringify(record.facts),
        })
        .execute(),
    )
  }

  async list(
    scope: TenantScope,
    filter: { readonly deviceId?: string; readonly limit?: number; readonly offset?: number } = {},
  ): Promise<readonly AuditEntry[]> {
    const { deviceId } = filter
    const rows = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('audit_log')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .$if(deviceId !== undefined, (query) => query.where('device_id', '=', deviceId ?? ''))
        .orderBy('at', 'desc')
        .orderBy('seq', 'desc')
        .limit(filter.limit ?? 100)
        .offset(filter.offset ?? 0)
        .execute(),
    )
    return rows.map((row) => ({
      tenantId: row.tenant_id,
      principalId: row.principal_id,
      action: row.action as AuditRecord['action'],
      deviceId: row.device_id,
      at: row.at,
      facts: JSON.parse(row.facts) as AuditRecord['facts'],
    }))
  }
}
