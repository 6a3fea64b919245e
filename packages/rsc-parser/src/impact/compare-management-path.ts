import type { RscDocument } from '../document/rsc-document.js'
import { applyStatement, startPlan } from '../plan/plan-state.js'
import type { PlanStatement } from '../plan/restore-plan.js'
import { type DeviceView, viewDocument } from './device-view.js'
import type { ManagementPath } from './management-path.js'
import type { ReadPath } from './packet-factory.js'
import { isReadMenu, type LockoutVerdict, type PathChange, PathComparison } from './path-comparison.js'
import { readPath } from './read-path.js'

/** The verdict after one statement of a plan. */
export interface StatementLockout {
  /** `index` of the statement. */
  readonly statement: number
  readonly verdict: LockoutVerdict
  /** Why, in one sentence, unless it is `safe`. */
  readonly because?: string
}

/** Whether a change cuts the management path, what decided, and the same after each statement. */
export interface LockoutReport extends PathChange {
  /** After each statement, when statements were given. */
  readonly afterStatement?: readonly StatementLockout[]
}

/** Options of `compareManagementPath`. */
export interface CompareOptions {
  /** Statements of the plan from `current` to `target`: the verdict is given after each of them as well. */
  readonly statements?: readonly PlanStatement[]
}

/**
 * Decides whether going from one document to another cuts the management path. That the manager is in now counts as
 * evidence: what the export cannot tell and the change does not touch stays as it is.
 *
 * @throws TypeError when source or destination of the path are no addresses of one family.
 */
export function compareManagementPath(
  current: RscDocument,
  target: RscDocument,
  path: ManagementPath,
  options: CompareOptions = {},
): LockoutReport {
  const view = viewDocument(current)
  const read = readPath(path)
  const report = new PathComparison(view, read).judge(viewDocument(target))
  if (options.statements === undefined) return report
  return { ...report, afterStatement: afterEachStatement(current, view, read, options.statements) }
}

/** Statements after which the variables start afresh, so that many steps do not add up to one large space. */
const statementsPerSpace = 40

function afterEachStatement(
  current: RscDocument,
  view: DeviceView,
  path: ReadPath,
  statements: readonly PlanStatement[],
): readonly StatementLockout[] {
  const results: StatementLockout[] = []
  let state = startPlan(current)
  let comparison = new PathComparison(view, path)
  let judged = 0
  let last: Pick<StatementLockout, 'verdict' | 'because'> = { verdict: 'safe' }
  for (const statement of statements) {
    state = applyStatement(state, statement)
    if (mayMatter(statement)) {
      if (++judged % statementsPerSpace === 0) comparison = new PathComparison(view, path)
      const { verdict, because } = comparison.judge(viewDocument(state.document))
      last = verdict === 'safe' ? { verdict } : { verdict, because }
    }
    results.push({ statement: statement.index, ...last })
  }
  return results
}

function mayMatter({ menu, effect }: PlanStatement): boolean {
  if (!isReadMenu(menu)) return false
  if (effect.kind !== 'set') return true
  return [...effect.properties.map(({ name }) => name), ...effect.reset].some((name) => name !== 'comment')
}
