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
  consent: z.boolean().optional(),
})

export const rollbackBody = z.strictObject({ ...pushOptions }).optional()

export const scheduleBody = z.strictObject({
  cron_expression: z.string().min(1).max(200),
  enabled: z.boolean(),
})

export const backupPageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  offset: z.coerce.number().int().min(0).optional(),
})
