import type { StateItem } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { ItemRef, StatementHazard } from './restore-plan.js'

/** A step of a plan before it has a place and a text. */
export interface Operation {
  readonly kind: 'add' | 'set' | 'remove' | 'move'
  readonly menu: MenuPath
  readonly item: ItemRef
  /** Places in `diff.changes`. */
  readonly changes: readonly number[]
  readonly from?: StateItem
  readonly to?: StateItem
  /** Written as they are. */
  readonly properties: readonly PropertyValue[]
  /** Taken back to the default; written as given here. */
  readonly reset: readonly PropertyValue[]
  /** A name given by this operation: the final one, or one that only frees the old name. */
  readonly rename?: 'final' | 'temporary'
  readonly hazard?: StatementHazard
  /** Lower goes first among operations that are free to go. */
  readonly rank: readonly [stage: number, menu: number, index: number]
}

/** The name of a current item within a plan. */
export function currentRef(item: StateItem): ItemRef {
  return `c${item.index}`
}

/** The name of a target item that no current item is the partner of. */
export function targetRef(item: StateItem): ItemRef {
  return `t${item.index}`
}
