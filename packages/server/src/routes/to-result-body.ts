import type { PushFailure, PushOperation, PushResult, TimelineEntry } from '@tod/core'
import { toResult } from '@tod/core'
import type { z } from 'zod'
import type { operationAnswer, resultAnswer } from '../schemas/answers.js'
import type { failurePart, timelinePart } from '../schemas/push-parts.js'
import { toLockoutBody } from './to-preview-body.js'

const time = (ms: number): string => new Date(ms).toISOString()

const toTimelineBody = (timeline: readonly TimelineEntry[]): z.output<typeof timelinePart>[] =>
  timeline.map(({ state, at, message, facts }) => ({ state, at: time(at), message, facts: { ...facts } }))

const toFailureBody = (failure: PushFailure | undefined): z.output<typeof failurePart> | null =>
  failure === undefined
    ? null
    : {
        reason: failure.reason,
        statement_index: failure.statementIndex ?? null,
        statement: failure.statement ?? null,
        device_text: failure.deviceText ?? null,
      }

/** The report of a push in the wire's names. */
export const toResultBody = (result: PushResult): z.output<typeof resultAnswer> => ({
  status: result.status,
  message: result.message,
  pre_backup_sha: result.preBackupSha,
  operation_id: result.operationId,
  plan_hash: result.planHash,
  converged: result.converged,
  residual: result.residual.map(({ menu, kind, summary }) => ({ path: menu, kind, summary })),
  unverified: [...result.unverified],
  lockout: toLockoutBody(result.lockout),
  because: toFailureBody(result.because),
  open_for_recovery: result.openForRecovery,
  timeline: toTimelineBody(result.timeline),
})

const ended: ReadonlySet<string> = new Set(['committed', 'reverted', 'failed'])

/** An operation for those who follow it. */
export const toOperationBody = (operation: PushOperation): z.output<typeof operationAnswer> => ({
  operation_id: operation.operationId,
  kind: operation.kind,
  strategy: operation.strategy,
  state: operation.state,
  open: operation.open,
  target_sha: operation.targetSha,
  pre_backup_sha: operation.preBackupSha,
  requested_by: operation.requestedBy,
  created_at: time(operation.createdAt),
  updated_at: time(operation.updatedAt),
  error_code: operation.errorCode,
  result: ended.has(operation.state) ? toResultBody(toResult(operation)) : null,
  timeline: toTimelineBody(operation.timeline),
})
