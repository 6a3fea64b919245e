import { type Cell, type Step, steps } from '../cell.js'
import type { ColumnName } from '../fault-columns.js'

/** How an operation may end once recovery is through. */
export type End = 'committed' | 'reverted' | 'failed' | 'aborted'

/** What a group of cells has to come to. The first rule that matches a cell holds. */
export interface EndRule {
  readonly columns: readonly ColumnName[]
  readonly steps: readonly Step[]
  readonly only?: (cell: Cell) => boolean
  readonly end: End
  /** What the router has to have then; said for `failed`, which does not say it. */
  readonly leaves?: 'old' | 'target'
  readonly because: string
}

/** The steps from one to another, both included. */
export const from = (first: Step, last: Step): readonly Step[] =>
  steps.slice(steps.indexOf(first), steps.indexOf(last) + 1)

/** Steps at which nothing was launched. */
export const unlaunched = from('locked', 'armed')
