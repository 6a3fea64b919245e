import { z } from 'zod'
import { commitSha } from './identifiers.js'

export const previewBody = z.strictObject({ commit_sha: commitSha })

const pushOptions = {
  on_lockout: z.enum(['proceed', 'refuse']).optional(),
  on_residual: z.enum(['keep', 'revert']).optional(),
}

export const restoreBody = z.strictObject({
  commit_sha: commitSha,
  strategy: z.enum(['reconcile', 'import', 'binary']).optional(),
  expected_plan_hash: z.string().min(1).max(128).optional(),
  ...pushOptions,
  /** What the caller agrees to; `binary-restore` for the strategy `binary`, which no guard can protect. */
  consent: z.array(z.enum(['binary-restore'])).optional(),
})

/** May be left out. */
export const rollbackBody = z.strictObject({ ...pushOptions }).optional()

/** For routes that take nothing: clients send no body or `{}`. */
export const emptyBody = z.strictObject({}).optional()

export const scheduleBody = z.strictObject({
  cron_expression: z.string().min(1).max(200),
  enabled: z.boolean(),
})

export const backupPageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  offset: z.coerce.number().int().min(0).optional(),
})

export const operationPageQuery = z.object({ limit: z.coerce.number().int().min(1).max(1000).optional() })
