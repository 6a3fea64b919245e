import type { Diff } from '../diff/diff-documents.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { Selector } from '../document/selector.js'

/**
 * Names an item for the length of a plan: `c3` the fourth state item of the current document in its menu, `t3` the
 * fourth one of the target. `t` stands for items to be added and for built-in entries only the target states.
 */
export type ItemRef = string

/** What a statement does to one menu, as data. Applying the effects in order to `current` gives `target`. */
export type Effect =
  /** A new item; `before` is the item it goes in front of (ordered menus), absent: last. */
  | {
      readonly kind: 'add'
      readonly menu: MenuPath
      readonly item: ItemRef
      readonly properties: readonly PropertyValue[]
      readonly before?: ItemRef
    }
  /** Properties given a value; those in `reset` go back to the device's default. */
  | {
      readonly kind: 'set'
      readonly menu: MenuPath
      readonly item: ItemRef
      readonly properties: readonly PropertyValue[]
      readonly reset: readonly string[]
      /** For an entry that no document stated before: how it is addressed. */
      readonly selector?: Selector
    }
  | { readonly kind: 'remove'; readonly menu: MenuPath; readonly item: ItemRef }
  | { readonly kind: 'move'; readonly menu: MenuPath; readonly item: ItemRef; readonly before?: ItemRef }

/** Why a statement stands late in the plan. */
export type StatementHazard =
  /** May cut the way by which the router is managed. */
  | 'management'
  /** Moves the router's clock, and with it everything that is scheduled. */
  | 'clock'

/** One command of the plan. */
export interface PlanStatement {
  /** 0-based place in the plan. */
  readonly index: number
  readonly menu: MenuPath
  readonly verb: 'add' | 'set' | 'remove' | 'move'
  /** Tells the item from others of its menu, for people: the text names it by a variable. Holds no secret. */
  readonly label: string
  /** Places in `diff.changes` of the changes it serves; empty only for a help step that no change stands for. */
  readonly changes: readonly number[]
  readonly effect: Effect
  /** Takes the effect back when everything after it has been taken back. */
  readonly inverse: Effect
  /** The command as it stands in the script, one line. */
  readonly text: string
  readonly hazard?: StatementHazard
}

/** Why a part of the target cannot be reached, or not be proven to be. */
export type UnsupportedCode =
  | 'unknown-default'
  | 'secret-not-carried'
  | 'cannot-locate'
  | 'fixed-entry'
  | 'not-constant'
  | 'incomplete-menu'
  | 'other-form'
  | 'not-configuration'
  | 'dangling-reference'
  | 'circular-reference'

/** Something the plan does not do, with the reason. */
export interface Unsupported {
  readonly code: UnsupportedCode
  readonly menu: MenuPath
  readonly label: string
  readonly property?: string
  readonly reason: string
  /** Place in `diff.changes`, when it belongs to one. */
  readonly change?: number
}

/** A default the plan writes because the target leaves the property out, although no table states it. */
export interface AssumedDefault {
  readonly menu: MenuPath
  readonly property: string
  readonly value: string
}

/** How to take a router from one document to another. */
export interface RestorePlan {
  readonly diff: Diff
  /** Commands that look up every item the plan touches and stop the script when the router is not as expected. */
  readonly guard: readonly string[]
  readonly statements: readonly PlanStatement[]
  /** Guard and statements as a file for `/import`. Empty when there is nothing to do. Equal input, equal text. */
  readonly script: string
  readonly unsupported: readonly Unsupported[]
  readonly assumedDefaults: readonly AssumedDefault[]
}
