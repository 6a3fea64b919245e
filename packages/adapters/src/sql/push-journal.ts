import {
  type ErrorCode,
  type JournalEntry,
  LeaseLostError,
  type OpenOperation,
  OperationNotFoundError,
  type PushJournal,
  type PushOperation,
  type PushRecord,
  type PushState,
  StorageConflictError,
  type SystemScope,
  type TenantScope,
  type TimelineEntry,
} from '@tod/core'
import { sql } from 'kysely'
import type { PushOperationTable } from './schema.js'
import type { Queries, SqlDatabase } from './sql-database.js'
import { wholeMs } from './whole-ms.js'

/** Push operations and their timelines, in the database. Steps are rows of their own and never change. */
export class SqlPushJournal implements PushJournal {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  async open(
    scope: TenantScope,
    record: PushRecord,
    entry: TimelineEntry,
    fencingToken: number,
  ): Promise<PushOperation> {
    const own: PushRecord = { ...record, tenantId: scope.tenantId }
    return this.#database.write(scope, async (queries) => {
      const row = await queries
        .insertInto('push_operations')
        .values({
          tenant_id: scope.tenantId,
          operation_id: record.operationId,
          device_id: record.deviceId,
          record: JSON.stringify(own),
          state: 'locked',
          open: 1,
          steps: 1,
          fencing_token: fencingToken,
          created_at: wholeMs(record.createdAt),
          updated_at: wholeMs(entry.at),
          error_code: null,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'operation_id']).doNothing())
        .returningAll()
        .executeTakeFirst()
      if (row === undefined) throw new StorageConflictError({ store: 'journal' })
      await addStep(queries, scope, row, entry)
      return toOperation(row, [entry])
    })
  }

  async append(
    scope: TenantScope,
    operationId: string,
    step: JournalEntry,
    fencingToken: number,
  ): Promise<PushOperation> {
    return this.#database.write(scope, async (queries) => {
      // This update is the fence check and takes the row, so that what follows reads what nobody else changes.
      const fenced = await ofOperation(queries, scope, operationId)
        .set({
          state: step.state,
          steps: sql<number>`steps + 1`,
          fencing_token: fencingToken,
          updated_at: wholeMs(step.entry.at),
          ...(step.open !== undefined && { open: step.open ? 1 : 0 }),
          ...(step.errorCode !== undefined && { error_code: step.errorCode }),
        })
        .where('fencing_token', '<=', fencingToken)
        .returningAll()
        .executeTakeFirst()
      if (fenced === undefined) throw await refusal(queries, scope, operationId)
      const record = JSON.stringify({ ...(JSON.parse(fenced.record) as PushRecord), ...step.changes })
      if (step.changes !== undefined) await ofOperation(queries, scope, operationId).set({ record }).execute()
      await addStep(queries, scope, fenced, step.entry)
      const row = { ...fenced, record }
      return toOperation(row, await timelineOf(queries, scope, row))
    })
  }

  async find(scope: TenantScope, operationId: string): Promise<PushOperation | undefined> {
    return this.#database.read(scope, async (queries) => {
      const row = await queries
        .selectFrom('push_operations')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .where('operation_id', '=', operationId)
        .executeTakeFirst()
      return row && toOperation(row, await timelineOf(queries, scope, row))
    })
  }

  async list(
    scope: TenantScope,
    deviceId: string,
    page: { readonly limit?: number } = {},
  ): Promise<readonly PushOperation[]> {
    return this.#database.read(scope, async (queries) => {
      const rows = await queries
        .selectFrom('push_operations')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', deviceId)
        .orderBy('created_at', 'desc')
        .orderBy('operation_id', 'desc')
        .limit(page.limit ?? 100)
        .execute()
      const operations: PushOperation[] = []
      for (const row of rows) operations.push(toOperation(row, await timelineOf(queries, scope, row)))
      return operations
    })
  }

  async listOpen(system: SystemScope): Promise<readonly OpenOperation[]> {
    const rows = await this.#database.readAsSystem(system, (queries) =>
      queries
        .selectFrom('push_operations')
        .select(['tenant_id', 'device_id', 'operation_id', 'state', 'updated_at'])
        .where('open', '=', 1)
        .orderBy('updated_at')
        .execute(),
    )
    return rows.map((row) => ({
      tenantId: row.tenant_id,
      deviceId: row.device_id,
      operationId: row.operation_id,
      state: row.state as PushState,
      updatedAt: row.updated_at,
    }))
  }
}

function ofOperation(queries: Queries, scope: TenantScope, operationId: string) {
  return queries
    .updateTable('push_operations')
    .where('tenant_id', '=', scope.tenantId)
    .where('operation_id', '=', operationId)
}

async function refusal(queries: Queries, scope: TenantScope, operationId: string): Promise<Error> {
  const row = await queries
    .selectFrom('push_operations')
    .select('device_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('operation_id', '=', operationId)
    .executeTakeFirst()
  return row === undefined
    ? new OperationNotFoundError({ operationId })
    : new LeaseLostError({ deviceId: row.device_id })
}

async function addStep(
  queries: Queries,
  scope: TenantScope,
  row: PushOperationTable,
  entry: TimelineEntry,
): Promise<void> {
  await queries
    .insertInto('push_timeline')
    .values({
      tenant_id: scope.tenantId,
      operation_id: row.operation_id,
      step: row.steps,
      entry: JSON.stringify(entry),
    })
    .execute()
}

/** The steps that belong to the row as it was read, not those that were added since. */
async function timelineOf(
  queries: Queries,
  scope: TenantScope,
  row: PushOperationTable,
): Promise<readonly TimelineEntry[]> {
  const steps = await queries
    .selectFrom('push_timeline')
    .select('entry')
    .where('tenant_id', '=', scope.tenantId)
    .where('operation_id', '=', row.operation_id)
    .where('step', '<=', row.steps)
    .orderBy('step')
    .execute()
  return steps.map((step) => JSON.parse(step.entry) as TimelineEntry)
}

function toOperation(row: PushOperationTable, timeline: readonly TimelineEntry[]): PushOperation {
  return {
    ...(JSON.parse(row.record) as PushRecord),
    state: row.state as PushState,
    open: row.open === 1,
    fencingToken: row.fencing_token,
    updatedAt: row.updated_at,
    timeline,
    errorCode: row.error_code as ErrorCode | null,
  }
}
