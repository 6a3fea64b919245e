import {
  assertSystemScope,
  assertTenantScope,
  type SystemScope,
  type TenantScope,
} from '../access/tenant-scope.js'
import { LeaseLostError } from '../errors/push-errors.js'
import { OperationNotFoundError } from '../errors/request-errors.js'
import { StorageConflictError } from '../errors/storage-errors.js'
import type { PushOperation, PushRecord, TimelineEntry } from '../model/push-operation.js'
import type { JournalEntry, OpenOperation, PushJournal } from '../ports/push-journal.js'

/** A `PushJournal` in memory, for tests. */
export class InMemoryPushJournal implements PushJournal {
  private readonly operations = new Map<string, PushOperation>()

  async open(
    scope: TenantScope,
    record: PushRecord,
    entry: TimelineEntry,
    fencingToken: number,
  ): Promise<PushOperation> {
    assertTenantScope(scope)
    if (this.operations.has(record.operationId)) throw new StorageConflictError({ store: 'journal' })
    const operation: PushOperation = {
      ...record,
      tenantId: scope.tenantId,
      state: 'locked',
      open: true,
      fencingToken,
      updatedAt: entry.at,
      timeline: [entry],
      errorCode: null,
    }
    this.operations.set(record.operationId, operation)
    return structuredClone(operation)
  }

  async append(
    scope: TenantScope,
    operationId: string,
    step: JournalEntry,
    fencingToken: number,
  ): Promise<PushOperation> {
    const present = this.own(scope, operationId)
    if (present === undefined) throw new OperationNotFoundError({ operationId })
    if (fencingToken < present.fencingToken) throw new LeaseLostError({ deviceId: present.deviceId })
    const operation: PushOperation = {
      ...present,
      ...step.changes,
      state: step.state,
      open: step.open ?? present.open,
      errorCode: step.errorCode ?? present.errorCode,
      fencingToken,
      updatedAt: step.entry.at,
      timeline: [...present.timeline, step.entry],
    }
    this.operations.set(operationId, structuredClone(operation))
    return structuredClone(operation)
  }

  async find(scope: TenantScope, operationId: string): Promise<PushOperation | undefined> {
    return structuredClone(this.own(scope, operationId))
  }

  async list(
    scope: TenantScope,
    deviceId: string,
    page: { readonly limit?: number } = {},
  ): Promise<readonly PushOperation[]> {
    assertTenantScope(scope)
    return [...this.operations.values()]
      .filter((operation) => operation.tenantId === scope.tenantId && operation.deviceId === deviceId)
      .sort((a, b) => b.createdAt - a.createdAt)
      .slice(0, page.limit ?? 100)
      .map((operation) => structuredClone(operation))
  }

  async listOpen(system: SystemScope): Promise<readonly OpenOperation[]> {
    assertSystemScope(system)
    return [...this.operations.values()]
      .filter((operation) => operation.open)
      .sort((a, b) => a.updatedAt - b.updatedAt)
      .map(({ tenantId, deviceId, operationId, state, updatedAt }) => ({
        tenantId,
        deviceId,
        operationId,
        state,
        updatedAt,
      }))
  }

  private own(scope: TenantScope, operationId: string): PushOperation | undefined {
    assertTenantScope(scope)
    const operation = this.operations.get(operationId)
    return operation?.tenantId === scope.tenantId ? operation : undefined
  }
}
