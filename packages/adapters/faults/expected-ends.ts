import { type Cell, isOnTheWayBack } from './cell.js'
import type { EndRule } from './ends/end-rule.js'
import { ofConnections } from './ends/of-connections.js'
import { ofOurselves } from './ends/of-ourselves.js'
import { ofPeople } from './ends/of-people.js'
import { ofRestarts } from './ends/of-restarts.js'
import { ofTheRouter } from './ends/of-the-router.js'

/** Written down before the matrix runs: one end for each cell, each with its reason. */
export const endRules: readonly EndRule[] = [
  ...ofConnections,
  ...ofRestarts,
  ...ofTheRouter,
  ...ofPeople,
  ...ofOurselves,
]

const undisturbed: EndRule = {
  columns: [],
  steps: [],
  end: 'committed',
  because: 'what the fault waits for does not happen any more, or only files were left to remove',
}

const goneBack: EndRule = {
  columns: [],
  steps: [],
  end: 'reverted',
  because: 'a return that was begun is gone on with: by us, by who comes after us, or by the guard',
}

/** What a cell has to come to. */
export function expectedEnd(cell: Cell): EndRule {
  if (isOnTheWayBack(cell.step)) return goneBack
  return (
    endRules.find(
      ({ steps, columns, only }) =>
        steps.includes(cell.step) && columns.includes(cell.column) && only?.(cell) !== false,
    ) ?? undisturbed
  )
}
