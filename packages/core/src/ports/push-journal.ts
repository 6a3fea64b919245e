import type { SystemScope, TenantScope } from '../access/tenant-scope.js'
import type { ErrorCode } from '../errors/error-codes.js'
import type { PushOperation, PushRecord, PushState, TimelineEntry } from '../model/push-operation.js'

/** One step forward. Written and committed before the act that it announces. */
export interface JournalEntry {
  readonly state: PushState
  readonly entry: TimelineEntry
  /** Fields of the record that are known from now on. */
  readonly changes?: Partial<Omit<PushRecord, 'operationId' | 'tenantId' | 'deviceId' | 'createdAt'>>
  /** False when nothing more is to be done by anybody. Default: unchanged. */
  readonly open?: boolean
  readonly errorCode?: ErrorCode
}

/** An operation that may need recovery, without anything of its tenant's. */
export interface OpenOperation {
  readonly tenantId: string
  readonly deviceId: string
  readonly operationId: string
  readonly state: PushState
  /** UTC, ms since 1970. */
  readonly updatedAt: number
}

/**
 * The record of push operations, for recovery and for people. Durable when a method resolves. Every write carries the
 * fencing token of the writer's lease: once a higher token has written to an operation, a lower one is refused.
 */
export interface PushJournal {
  /**
   * Opens an operation in state `locked`.
   *
   * @throws STORAGE_CONFLICT when the id is taken
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_FULL
   */
  open(
    scope: TenantScope,
    record: PushRecord,
    entry: TimelineEntry,
    fencingToken: number,
  ): Promise<PushOperation>
  /**
   * Appends a step, atomically with the fence check and the changed fields.
   *
   * @throws LEASE_LOST when a higher token has written
   * @throws OPERATION_NOT_FOUND · SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_FULL
   */
  append(
    scope: TenantScope,
    operationId: string,
    step: JournalEntry,
    fencingToken: number,
  ): Promise<PushOperation>
  find(scope: TenantScope, operationId: string): Promise<PushOperation | undefined>
  /** Operations of a device, newest first, at most `limit` (default 100). */
  list(
    scope: TenantScope,
    deviceId: string,
    page?: { readonly limit?: number },
  ): Promise<readonly PushOperation[]>
  /** Open operations of all tenants, oldest first. */
  listOpen(system: SystemScope): Promise<readonly OpenOperation[]>
}
