import { z } from 'zod'
import {
  changePart,
  failurePart,
  lockoutPart,
  residualPart,
  timelinePart,
  unsupportedPart,
} from './push-parts.js'

const triggerType = z.enum([
  'manual',
  'scheduled',
  'checkpoint',
  'pre-restore',
  'pre-rollback',
  'pre-template-push',
  'config-change',
])
const timestamp = z.iso.datetime({ offset: true })
const fullSha = z.string().regex(/^[0-9a-f]{40}$/)

/** One backup of a device, as the timeline shows it. */
export const entryAnswer = z.object({
  id: z.uuid(),
  commit_sha: fullSha,
  trigger_type: triggerType,
  lines_added: z.int(),
  lines_removed: z.int(),
  encryption_tier: z.union([z.literal(1), z.literal(2)]).nullable(),
  created_at: timestamp,
  changed: z.boolean(),
  /** Null when the key does not open it. */
  export_sha256: z.string().nullable(),
  export_bytes: z.int(),
  binary_bytes: z.int().nullable(),
  routeros_version: z.string(),
  incomplete_menus: z.array(z.string()),
})

export const previewAnswer = z.object({
  diff: z.object({ added: z.int(), removed: z.int(), modified: z.int() }),
  categories: z.array(
    z.object({
      path: z.string(),
      adds: z.int(),
      removes: z.int(),
      risk: z.enum(['none', 'low', 'medium', 'high']),
    }),
  ),
  warnings: z.array(z.string()),
  validation: z.object({ valid: z.boolean(), errors: z.array(z.string()) }),
  source: z.union([
    z.object({ kind: z.literal('live') }),
    z.object({ kind: z.literal('backup'), commit_sha: fullSha, because: z.string() }),
  ]),
  changes: z.array(changePart),
  lockout: lockoutPart.nullable(),
  plan: z.string(),
  plan_hash: z.string(),
  unsupported: z.array(unsupportedPart),
})

export const resultAnswer = z.object({
  status: z.enum(['committed', 'reverted', 'failed']),
  message: z.string(),
  pre_backup_sha: fullSha.or(z.literal('')),
  operation_id: z.uuid(),
  plan_hash: z.string(),
  converged: z.boolean(),
  residual: z.array(residualPart),
  unverified: z.array(z.string()),
  lockout: lockoutPart.nullable(),
  because: failurePart.nullable(),
  /** True while the end state is not known: recovery goes on, see the operation. */
  open_for_recovery: z.boolean(),
  timeline: z.array(timelinePart),
})

export const rollbackAnswer = resultAnswer.extend({ rolled_back_to: fullSha, rolled_back_to_date: timestamp })

/** A push operation, running or ended. */
export const operationAnswer = z.object({
  operation_id: z.uuid(),
  kind: z.enum(['restore', 'rollback']),
  strategy: z.enum(['reconcile', 'import', 'binary']),
  state: z.string(),
  open: z.boolean(),
  target_sha: fullSha,
  pre_backup_sha: fullSha.nullable(),
  requested_by: z.string(),
  created_at: timestamp,
  updated_at: timestamp,
  error_code: z.string().nullable(),
  /** Null until it has ended; then what the restore's own answer was. */
  result: resultAnswer.nullable(),
  timeline: z.array(timelinePart),
})

export const scheduleAnswer = z.object({
  id: z.uuid().nullable(),
  tenant_id: z.uuid(),
  device_id: z.uuid().nullable(),
  cron_expression: z.string(),
  enabled: z.boolean(),
  is_default: z.boolean(),
})

/** The address of work that goes on after the answer. */
export const acceptedAnswer = z.object({ operation_id: z.uuid(), href: z.string() })
