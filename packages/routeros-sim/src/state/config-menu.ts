import type { MenuFacts } from '@tod/rsc-parser'
import { type ConfigItem, FLAG, type StoredValue, UNSET } from './config-item.js'
import { defaultValue, isAlwaysPrinted } from './default-values.js'
import { ItemIndex } from './item-index.js'
import { itemName } from './item-name.js'

/** One menu of the configuration: its items in print order, or its single item. */
export class ConfigMenu {
  readonly path: string
  readonly facts: MenuFacts | undefined
  kind: 'singleton' | 'list'
  readonly items: ConfigItem[] = []
  /**
   * Values that an export of this router printed. What a compact export prints is no default, whatever the tables
   * say of other versions and boards.
   */
  readonly printed = new Set<string>()
  /** True when a verbose export was loaded: its items hold every property the menu has. */
  completeInExport = false
  /**
   * Whether something that no export shows uses items of this menu, a lease for one; undefined when that is not known.
   * Told by where the loaded export wrote the menu.
   */
  isUsedUnseen: boolean | undefined
  readonly #major: number
  readonly #indexes = new Map<string, ItemIndex>()
  readonly #byId = new Map<number, ConfigItem>()

  constructor(path: string, facts: MenuFacts | undefined, kind: 'singleton' | 'list', major: number) {
    this.#major = major
    this.path = path
    this.facts = facts
    this.kind = kind
  }

  find(id: number): ConfigItem | undefined {
    return this.#byId.get(id)
  }

  insert(item: ConfigItem, index: number): void {
    this.items.splice(index, 0, item)
    this.#byId.set(item.id, item)
    this.touch(item)
  }

  remove(item: ConfigItem): number {
    const index = this.items.indexOf(item)
    if (index >= 0) this.items.splice(index, 1)
    this.#byId.delete(item.id)
    for (const index of this.#indexes.values()) index.remove(item)
    return index
  }

  /** Call after values of an item changed, so that indexes know. */
  touch(item: ConfigItem): void {
    for (const index of this.#indexes.values()) index.update(item)
  }

  /** Items that have these values in force, without a search through all. */
  *withValues(properties: readonly string[], values: readonly string[]): IterableIterator<ConfigItem> {
    const name = properties.join('|')
    let index = this.#indexes.get(name)
    if (index === undefined) {
      index = new ItemIndex(this.items, (item) => {
        const own = properties.map((property) => this.read(item, property))
        return own.includes(undefined) ? undefined : own.join('\n')
      })
      this.#indexes.set(name, index)
    }
    yield* index.find(values.join('\n'))
  }

  /** The item others refer to by this name. */
  named(name: string): ConfigItem | undefined {
    let index = this.#indexes.get('')
    if (index === undefined) {
      index = new ItemIndex(this.items, (item) => itemName(this, item))
      this.#indexes.set('', index)
    }
    for (const item of index.find(name)) return item
    return undefined
  }

  /** Default value of a property, when the tables know one. */
  defaultOf(property: string): string | undefined {
    return defaultValue(this.path, this.#major, this.facts, property)
  }

  /** The value in force: set, built in, or default. Flags read as `yes`; unset properties as undefined. */
  read(item: ConfigItem, property: string): string | undefined {
    const own = item.values.get(property) ?? item.base.get(property) ?? item.base.get(`.${property}`)
    if (own === UNSET) return undefined
    if (own === FLAG) return 'yes'
    return own ?? this.defaultOf(property)
  }

  /** True when a compact export does not print this value. */
  isDefault(item: ConfigItem, property: string, value: StoredValue): boolean {
    if (value === FLAG) return false
    if (value !== UNSET && this.printed.has(`${property}=${value}`)) return false
    const base = item.base.get(property)
    if (base !== undefined) return base === value
    if (isAlwaysPrinted(this.path, this.#major, property)) return value === UNSET
    // What is printed when it is on is the default when it is off, and the other way round.
    const fallback = this.defaultOf(property)
    if (fallback === undefined || fallback === 'yes' || fallback === 'no') {
      if (value === 'yes' && this.printed.has(`${property}=no`)) return true
      if (value === 'no' && this.printed.has(`${property}=yes`)) return true
    }
    if (value === UNSET || value === '') return fallback === undefined || fallback === ''
    return fallback === value
  }
}
