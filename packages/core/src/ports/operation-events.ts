import type { TenantScope } from '../access/tenant-scope.js'
import type { PushState } from '../model/push-operation.js'
import type { Trigger } from '../model/trigger.js'

/** Stages of a push as existing clients know them. */
export type PushStage =
  | 'started'
  | 'backing_up'
  | 'pushing'
  | 'settling'
  | 'verifying'
  | 'committed'
  | 'reverted'
  | 'failed'

/** Progress of a push. No secret in it. */
export interface PushEvent {
  readonly type: 'push'
  readonly tenantId: string
  readonly deviceId: string
  readonly operationId: string
  readonly state: PushState
  readonly stage: PushStage
  readonly message: string
  /** UTC, ms since 1970. */
  readonly at: number
  /** Time left until the guard fires, ms; null when none is armed. */
  readonly guardRemainingMs: number | null
  /** An `ErrorCode` or a failure reason. */
  readonly error?: string
}

/** A backup that ended. */
export interface BackupEvent {
  readonly type: 'backup'
  readonly tenantId: string
  readonly deviceId: string
  readonly runId: string
  readonly trigger: Trigger
  readonly outcome: 'succeeded' | 'failed'
  readonly at: number
  readonly commitSha?: string
  readonly changed?: boolean
  readonly error?: string
}

/** All events. */
export type OperationEvent = PushEvent | BackupEvent

/** Tells listeners what happens. Best effort: nothing is decided by it, and a listener that throws disturbs nobody. */
export interface OperationEvents {
  publish(scope: TenantScope, event: OperationEvent): void
  /** Events of the scope's tenant from now on; the returned function ends it. @throws SCOPE_INVALID */
  subscribe(scope: TenantScope, listener: (event: OperationEvent) => void): () => void
}
