import type { Item } from '../document/item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { StateItem } from './state-item.js'

/** One property that differs. An absent side means the device's default (or, for an optional one, nothing). */
export interface PropertyChange {
  readonly name: string
  readonly before?: PropertyValue
  readonly after?: PropertyValue
}

interface ChangeBase {
  readonly menu: MenuPath
  /** Short text that tells the item from others of its menu: `ether1`, `192.0.2.1/24 on bridge`. May repeat. */
  readonly label: string
}

/** An item that only the newer side has. */
export interface AddedChange extends ChangeBase {
  readonly kind: 'added'
  readonly to: StateItem
}

/** An item that only the older side has. */
export interface RemovedChange extends ChangeBase {
  readonly kind: 'removed'
  readonly from: StateItem
}

/**
 * The same item with other properties. One side is absent when only the other export states the item: a
 * singleton or built-in entry that is at its defaults there.
 */
export interface ModifiedChange extends ChangeBase {
  readonly kind: 'modified'
  readonly from?: StateItem
  readonly to?: StateItem
  /** By name; never empty. */
  readonly properties: readonly PropertyChange[]
}

/** The same item at another place of an ordered menu. Its property changes, if any, are a change of their own. */
export interface MovedChange extends ChangeBase {
  readonly kind: 'moved'
  readonly from: StateItem
  readonly to: StateItem
  /** The properties within which order counts, with the item's values: `chain=input`. Empty: the whole menu. */
  readonly scope: string
  /** The item of the newer side that it now stands directly before, within the scope; absent: it is the last. */
  readonly next?: StateItem
}

/** One semantic difference between two documents. */
export type Change = AddedChange | RemovedChange | ModifiedChange | MovedChange

/** A secret that one export does not carry, so that nothing can be said about it. */
export interface UnknownValue {
  readonly menu: MenuPath
  readonly label: string
  readonly property: string
  /** The side that does not say. */
  readonly hiddenIn: 'from' | 'to'
  readonly item: Item
}

/** Two items, one of each side, that are the same item on the device. A side is absent when it is at its defaults. */
export interface MatchedPair {
  readonly from?: StateItem
  readonly to?: StateItem
}
