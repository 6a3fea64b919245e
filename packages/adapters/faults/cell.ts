import { type ColumnName, columnNames } from './fault-columns.js'

/** Journal states at which a fault can strike: it is armed once the state is written, before the announced act. */
export const steps = [
  'locked',
  'backed-up',
  'planned',
  'uploading',
  'arming',
  'armed',
  'launching',
  'pushing',
  'settling',
  'verifying',
  'disarming',
  'reverting',
  'committed',
  'reverted',
] as const

/** One of {@link steps}. */
export type Step = (typeof steps)[number]

/** One field of the matrix. */
export interface Cell {
  readonly step: Step
  readonly column: ColumnName
  readonly strategy: 'reconcile' | 'import'
  readonly version: '6.49.13' | '7.16.1'
}

/** The whole matrix: steps × columns × strategies × versions. */
export function allCells(): readonly Cell[] {
  return steps.flatMap((step) =>
    columnNames.flatMap((column) =>
      (['reconcile', 'import'] as const).flatMap((strategy) =>
        (['6.49.13', '7.16.1'] as const).map((version) => ({ step, column, strategy, version })),
      ),
    ),
  )
}

/** A cell in words. */
export function nameOf(cell: Cell): string {
  return `${cell.step} × ${cell.column} (${cell.strategy}, ${cell.version})`
}

/** True for steps of a push that goes back: it is led there by a check of the caller that does not pass. */
export function isOnTheWayBack(step: Step): boolean {
  return step === 'reverting' || step === 'reverted'
}
