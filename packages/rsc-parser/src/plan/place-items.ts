import type { MenuPairs } from '../diff/match-documents.js'
import { type OrderedScope, orderedScopes } from '../diff/ordered-scopes.js'
import type { StateItem } from '../diff/state-item.js'
import { currentRef, targetRef } from './operation.js'
import type { ItemRef } from './restore-plan.js'

interface Slot {
  readonly ref: ItemRef
  readonly item: StateItem
  isPlaced: boolean
}

interface Scope {
  readonly slots: readonly Slot[]
  /** For each slot the next one that never moves; the number of slots when there is none. */
  readonly nextKept: Int32Array
  /** By the place of the next kept slot: the last slot before it that was placed during the plan. */
  readonly lastPlaced: Map<number, number>
}

/**
 * The lists to keep in order: the whole menu where the items that stay are in the target's order across scopes too, so
 * that a new rule of one chain also ends between the same rules of others, where the export prints it; else each scope.
 */
function orders(scopes: readonly OrderedScope[]): readonly OrderedScope['items'][] {
  const whole = scopes.flatMap(({ items }) => items).sort((one, other) => one.to.index - other.to.index)
  let last = -1
  for (const { from, isKept } of whole) {
    if (from === undefined || !isKept) continue
    if (from.index < last) return scopes.map(({ items }) => items)
    last = from.index
  }
  return [whole]
}

/** An item to go in front of. */
export interface Anchor {
  readonly ref: ItemRef
  readonly item: StateItem
}

/**
 * Says in front of which item each new or moved item goes, at the moment it goes there: the nearest of those that
 * follow it in the target and are in their place already. So any order of insertion ends in the target's order.
 */
export class ItemPlacer {
  readonly #places = new Map<string, readonly [Scope, number]>()

  constructor(menus: readonly MenuPairs[]) {
    for (const menu of menus) {
      for (const items of orders(orderedScopes(menu))) {
        const slots = items.map(({ from, to, isKept }) => ({
          ref: from === undefined ? targetRef(to) : currentRef(from),
          item: from ?? to,
          isPlaced: isKept,
        }))
        const nextKept = new Int32Array(slots.length)
        let kept = slots.length
        for (let at = slots.length - 1; at >= 0; at--) {
          nextKept[at] = kept
          if (slots[at]?.isPlaced) kept = at
        }
        const scope = { slots, nextKept, lastPlaced: new Map() }
        slots.forEach((slot, at) => {
          this.#places.set(`${menu.path}\n${slot.ref}`, [scope, at])
        })
      }
    }
  }

  /** Whether order counts for this item at all. */
  isOrdered(menu: string, ref: ItemRef): boolean {
    return this.#places.has(`${menu}\n${ref}`)
  }

  /** The anchor for an item that is now put in its place; nothing when it goes last. */
  place(menu: string, ref: ItemRef): Anchor | undefined {
    const found = this.#places.get(`${menu}\n${ref}`)
    if (found === undefined) return undefined
    const [{ slots, nextKept, lastPlaced }, at] = found
    const slot = slots[at]
    if (slot === undefined) return undefined
    slot.isPlaced = true
    const end = nextKept[at] as number
    const last = lastPlaced.get(end)
    if (last === undefined || last < at) {
      lastPlaced.set(end, at)
      return slots[end]
    }
    for (let next = at + 1; next <= last; next++) if (slots[next]?.isPlaced) return slots[next]
    return slots[end]
  }
}
