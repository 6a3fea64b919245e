import type { DeviceState } from '../diff/device-state.js'
import { hasOrder } from '../diff/ordered-scopes.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { Effect, ItemRef } from './restore-plan.js'

/** Keeps the books of a plan while it is written: what each effect replaces, so that it can be taken back. */
export class EffectLedger {
  readonly #current: DeviceState
  readonly #properties = new Map<string, Map<string, PropertyValue>>()
  readonly #orders = new Map<MenuPath, ItemRef[]>()

  constructor(current: DeviceState) {
    this.#current = current
  }

  /** Books the effect and returns what undoes it. */
  record(effect: Effect): Effect {
    const { kind, menu, item } = effect
    if (kind === 'add') {
      this.#properties.set(`${menu}\n${item}`, new Map(effect.properties.map((each) => [each.name, each])))
      this.#insert(menu, item, effect.before)
      return { kind: 'remove', menu, item }
    }
    if (kind === 'remove') {
      const properties = [...this.#propertiesOf(menu, item).values()]
      return { kind: 'add', menu, item, properties, ...this.#takeOut(menu, item) }
    }
    if (kind === 'move') {
      const place = this.#takeOut(menu, item)
      this.#insert(menu, item, effect.before)
      return { kind: 'move', menu, item, ...place }
    }
    const known = this.#propertiesOf(menu, item)
    const before: PropertyValue[] = []
    const absent: string[] = []
    const note = (name: string) => {
      const value = known.get(name)
      if (value === undefined) absent.push(name)
      else before.push(value)
    }
    for (const name of effect.reset) {
      note(name)
      known.delete(name)
    }
    for (const property of effect.properties) {
      note(property.name)
      known.set(property.name, property)
    }
    return {
      kind: 'set',
      menu,
      item,
      properties: before,
      reset: absent,
      ...(effect.selector === undefined ? {} : { selector: effect.selector }),
    }
  }

  #propertiesOf(menu: MenuPath, item: ItemRef): Map<string, PropertyValue> {
    const id = `${menu}\n${item}`
    const known = this.#properties.get(id)
    if (known !== undefined) return known
    const state = item.startsWith('c')
      ? this.#current.menus.get(menu)?.items[Number(item.slice(1))]
      : undefined
    const properties = new Map(state?.properties ?? [])
    this.#properties.set(id, properties)
    return properties
  }

  /** Order is kept for ordered menus only; elsewhere an item that comes back comes last. */
  #order(menu: MenuPath): ItemRef[] | undefined {
    const known = this.#orders.get(menu)
    if (known !== undefined) return known
    const state = this.#current.menus.get(menu)
    if (state === undefined || !hasOrder(state.facts)) return undefined
    const order = state.items.map((item) => `c${item.index}`)
    this.#orders.set(menu, order)
    return order
  }

  #insert(menu: MenuPath, item: ItemRef, before: ItemRef | undefined): void {
    const order = this.#order(menu)
    if (order === undefined) return
    const at = before === undefined ? -1 : order.indexOf(before)
    if (at < 0) order.push(item)
    else order.splice(at, 0, item)
  }

  #takeOut(menu: MenuPath, item: ItemRef): { before?: ItemRef } {
    const order = this.#order(menu)
    const at = order?.indexOf(item) ?? -1
    if (order === undefined || at < 0) return {}
    order.splice(at, 1)
    const before = order[at]
    return before === undefined ? {} : { before }
  }
}
