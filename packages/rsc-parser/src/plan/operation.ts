import { nameKey, nameSpaceOf } from '../diff/references.js'
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

/** A key for the item of an operation. */
export function itemKey(operation: Operation): string {
  return `${operation.menu}\n${operation.item}`
}

/** Which of two operations goes first when nothing else decides. */
export function compareRanks(first: Operation | undefined, second: Operation | undefined): number {
  if (first === undefined || second === undefined) return 0
  return first.rank[0] - second.rank[0] || first.rank[1] - second.rank[1] || first.rank[2] - second.rank[2]
}

/** The name an operation takes away from its item. */
export function nameGivenUp(operation: Operation): string | undefined {
  const name = operation.from?.name
  if (name === undefined || (operation.kind !== 'remove' && operation.rename === undefined)) return undefined
  return nameKey(nameSpaceOf(operation.menu), name)
}

/** The name an operation gives its item. */
export function nameTaken(operation: Operation): string | undefined {
  if (operation.kind !== 'add' && operation.rename === undefined) return undefined
  const named = [...operation.properties, ...operation.reset].find((property) => property.name === 'name')
  const name = named?.value ?? (operation.kind === 'add' ? operation.to?.name : undefined)
  return name === undefined ? undefined : nameKey(nameSpaceOf(operation.menu), name)
}
