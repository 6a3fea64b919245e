import type { BackupRow, EncryptionTier, FailedRun, RunRepository, TenantScope, Trigger } from '@tod/core'
import type { Insertable, Selectable } from 'kysely'
import type { BackupRunTable } from './schema.js'
import type { Queries, SqlDatabase } from './sql-database.js'
import { wholeMs } from './whole-ms.js'

/** Shas named in one statement; well below what either database takes. */
const shasPerStatement = 500

/** Rows of backup runs, in the database. */
export class SqlRunRepository implements RunRepository {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async insert(scope: TenantScope, row: BackupRow): Promise<void> {
    await this.#database.write(scope, (queries) =>
      queries
        .insertInto('backup_runs')
        .values(toValues(scope, row))
        .onConflict((conflict) => conflict.columns(['tenant_id', 'device_id', 'commit_sha']).doNothing())
        .execute(),
    )
  }

  async find(scope: TenantScope, deviceId: string, commitSha: string): Promise<BackupRow | undefined> {
    const row = await this.#database.read(scope, (queries) =>
      ofDevice(queries, scope, deviceId).where('commit_sha', '=', commitSha).executeTakeFirst(),
    )
    return row && toBackupRow(row)
  }

  async list(
    scope: TenantScope,
    deviceId: string,
    page: { readonly limit?: number; readonly offset?: number } = {},
  ): Promise<readonly BackupRow[]> {
    const rows = await this.#database.read(scope, (queries) =>
      ofDevice(queries, scope, deviceId)
        .orderBy('created_at', 'desc')
        .orderBy('seq', 'desc')
        .limit(page.limit ?? 100)
        .offset(page.offset ?? 0)
        .execute(),
    )
    return rows.map(toBackupRow)
  }

  async newest(
    scope: TenantScope,
    deviceId: string,
    filter: { readonly triggers?: readonly Trigger[]; readonly withoutGuard?: boolean } = {},
  ): Promise<BackupRow | undefined> {
    const { triggers, withoutGuard } = filter
    if (triggers?.length === 0) return undefined
    const row = await this.#database.read(scope, (queries) =>
      ofDevice(queries, scope, deviceId)
        .$if(triggers !== undefined, (query) => query.where('trigger_type', 'in', triggers ?? []))
        .$if(withoutGuard === true, (query) => query.where('holds_guard', '=', 0))
        .orderBy('created_at', 'desc')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst(),
    )
    return row && toBackupRow(row)
  }

  async setPinned(
    scope: TenantScope,
    deviceId: string,
    commitSha: string,
    pinned: boolean,
  ): Promise<boolean> {
    const updated = await this.#database.write(scope, (queries) =>
      queries
        .updateTable('backup_runs')
        .set({ pinned: pinned ? 1 : 0 })
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', deviceId)
        .where('commit_sha', '=', commitSha)
        .executeTakeFirst(),
    )
    return updated.numUpdatedRows > 0n
  }

  async remove(scope: TenantScope, deviceId: string, commitShas: readonly string[]): Promise<void> {
    await this.#database.write(scope, async (queries) => {
      for (let at = 0; at < commitShas.length; at += shasPerStatement) {
        await queries
          .deleteFrom('backup_runs')
          .where('tenant_id', '=', scope.tenantId)
          .where('device_id', '=', deviceId)
          .where('commit_sha', 'in', commitShas.slice(at, at + shasPerStatement))
          .execute()
      }
    })
  }

  async recordFailure(scope: TenantScope, failure: FailedRun): Promise<void> {
    await this.#database.write(scope, (queries) =>
      queries
        .insertInto('failed_runs')
        .values({
          tenant_id: scope.tenantId,
          id: failure.id,
          device_id: failure.deviceId,
          trigger_type: failure.trigger,
          error_code: failure.errorCode,
          started_at: wholeMs(failure.startedAt),
          failed_at: wholeMs(failure.failedAt),
        })
        .execute(),
    )
  }

  async listFailures(
    scope: TenantScope,
    filter: { readonly deviceId?: string; readonly limit?: number } = {},
  ): Promise<readonly FailedRun[]> {
    const { deviceId } = filter
    const rows = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('failed_runs')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .$if(deviceId !== undefined, (query) => query.where('device_id', '=', deviceId ?? ''))
        .orderBy('failed_at', 'desc')
        .orderBy('seq', 'desc')
        .limit(filter.limit ?? 100)
        .execute(),
    )
    return rows.map((row) => ({
      id: row.id,
      deviceId: row.device_id,
      trigger: row.trigger_type as Trigger,
      errorCode: row.error_code,
      startedAt: row.started_at,
      failedAt: row.failed_at,
    }))
  }
}

function ofDevice(queries: Queries, scope: TenantScope, deviceId: string) {
  return queries
    .selectFrom('backup_runs')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('device_id', '=', deviceId)
}

function toValues(scope: TenantScope, row: BackupRow): Insertable<BackupRunTable> {
  return {
    id: row.id,
    tenant_id: scope.tenantId,
    device_id: row.deviceId,
    commit_sha: row.commitSha,
    trigger_type: row.trigger,
    lines_added: row.linesAdded,
    lines_removed: row.linesRemoved,
    encryption_tier: row.encryptionTier,
    created_at: wholeMs(row.createdAt),
    changed: row.changed ? 1 : 0,
    export_bytes: row.exportBytes,
    binary_bytes: row.binaryBytes,
    routeros_version: row.routerosVersion,
    incomplete_menus: JSON.stringify(row.incompleteMenus),
    holds_guard: row.holdsGuard ? 1 : 0,
    sealed_export_sha256: Buffer.from(row.sealedExportSha256),
    pinned: row.pinned ? 1 : 0,
  }
}

function toBackupRow(row: Selectable<BackupRunTable>): BackupRow {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    deviceId: row.device_id,
    commitSha: row.commit_sha,
    trigger: row.trigger_type as Trigger,
    linesAdded: row.lines_added,
    linesRemoved: row.lines_removed,
    encryptionTier: row.encryption_tier as EncryptionTier,
    createdAt: row.created_at,
    changed: row.changed === 1,
    exportBytes: row.export_bytes,
    binaryBytes: row.binary_bytes,
    routerosVersion: row.routeros_version,
    incompleteMenus: JSON.parse(row.incomplete_menus) as readonly string[],
    holdsGuard: row.holds_guard === 1,
    sealedExportSha256: new Uint8Array(row.sealed_export_sha256),
    pinned: row.pinned === 1,
  }
}
