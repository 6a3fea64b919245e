import type { PushBudget } from '../model/push-operation.js'

/** What a budget is made from. */
export interface BudgetInput {
  readonly statementCount: number
  /** How long the export took a moment ago, ms. */
  readonly exportMs: number
  readonly settleWindowMs: number
}

/** Time that the answer to the disarming command may take and still be believed; also the guard's distance to it. */
const marginMs = 30_000
const longestImportMs = 900_000

/**
 * The guard's interval and its parts: import + settle window + verification + margin. Verification is a connection, a
 * login, two exports at twice the time the last one took, and the caller's probes.
 */
export function pushBudget(input: BudgetInput): PushBudget {
  const importMs = Math.min(longestImportMs, 30_000 + 250 * input.statementCount)
  const verifyMs = 60_000 + 4 * Math.ceil(input.exportMs)
  const deadlineMs = importMs + input.settleWindowMs + verifyMs + marginMs
  // Whole seconds: the device counts in them.
  const rounded = Math.ceil(deadlineMs / 1000) * 1000
  return { importMs, settleWindowMs: input.settleWindowMs, verifyMs, marginMs, deadlineMs: rounded }
}
