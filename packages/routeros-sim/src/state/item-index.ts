import type { ConfigItem } from './config-item.js'

/** Finds items by a text made of their values, without looking at all of them. */
export class ItemIndex {
  readonly #keyOf: (item: ConfigItem) => string | undefined
  readonly #items = new Map<string, Set<ConfigItem>>()
  readonly #keys = new Map<ConfigItem, string>()

  constructor(items: Iterable<ConfigItem>, keyOf: (item: ConfigItem) => string | undefined) {
    this.#keyOf = keyOf
    for (const item of items) this.update(item)
  }

  /** Call after an item was added or changed. */
  update(item: ConfigItem): void {
    this.remove(item)
    const key = this.#keyOf(item)
    if (key === undefined) return
    this.#keys.set(item, key)
    const same = this.#items.get(key)
    if (same === undefined) this.#items.set(key, new Set([item]))
    else same.add(item)
  }

  remove(item: ConfigItem): void {
    const key = this.#keys.get(item)
    if (key === undefined) return
    this.#keys.delete(item)
    const same = this.#items.get(key)
    same?.delete(item)
    if (same?.size === 0) this.#items.delete(key)
  }

  /** Items with that key, in the order in which they got it. */
  find(key: string): Iterable<ConfigItem> {
    return this.#items.get(key) ?? []
  }
}
