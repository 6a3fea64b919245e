import type { SourceRange } from '../text/source-range.js'
import type { MenuPath } from './menu-path.js'
import type { PropertyValue } from './property-value.js'
import type { Selector } from './selector.js'

/** A comment line that stands directly before an item. It is not configuration. */
export interface AttachedComment {
  readonly range: SourceRange
  /** Text after the `#` and one blank, as written. */
  readonly text: string
}

/**
 * How an item is found again in another document of the same device, best first:
 * `singleton` the menu has one item; `builtin` the selector of an entry the device always has;
 * `key` the natural key of the menu table; `content` all its properties (rules without a key);
 * `position` a number in print order.
 */
export interface ItemIdentity {
  readonly kind: 'singleton' | 'builtin' | 'key' | 'content' | 'position'
  /** Property names the identity is made of; empty for singleton, position and content. */
  readonly properties: readonly string[]
  /** Comparable text, unique per kind and menu for distinct identities. Equal items of one menu may share it. */
  readonly text: string
}

/** One `add` or `set` of a menu: an item as the export states it. */
export interface Item {
  readonly menu: MenuPath
  readonly verb: 'add' | 'set'
  readonly selector?: Selector
  /** By full name, in the order of the source. A name given twice keeps its last value. */
  readonly properties: ReadonlyMap<string, PropertyValue>
  readonly identity: ItemIdentity
  readonly comments: readonly AttachedComment[]
  /** 0-based place among the items of its menu in the source. */
  readonly index: number
  /** From the verb (or the path, when it is on the line) to the end of the last argument. */
  readonly range: SourceRange
  readonly verbRange: SourceRange
  /** Index of the statement in the tree. */
  readonly statement: number
}
