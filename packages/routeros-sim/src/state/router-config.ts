import type { MenuFacts } from '@tod/rsc-parser'
import { ChangeJournal } from './change-journal.js'
import type { BuiltinHandle, ConfigItem, StoredValue } from './config-item.js'
import { ConfigMenu } from './config-menu.js'
import { isInterfaceMenu } from './interface-family.js'

/** Looks up what is known of a menu in this router's version. */
export type FactsLookup = (path: string) => MenuFacts | undefined

/** How an item comes to be. */
export interface NewItem {
  readonly values?: Iterable<readonly [string, StoredValue]>
  readonly base?: Iterable<readonly [string, StoredValue]>
  readonly handle?: BuiltinHandle
  readonly fixed?: boolean
  readonly dynamic?: boolean
  /** Index among the menu's items; last when absent. */
  readonly index?: number
  /** Only for loading a saved state. */
  readonly id?: number
}

/**
 * The configuration of a router: menus, items, order. Every change goes through here, is recorded for undo and told to
 * `onChange`. It checks nothing; see `checkItem`.
 */
export class RouterConfig {
  readonly menus = new Map<string, ConfigMenu>()
  readonly major: number
  readonly journal = new ChangeJournal()
  onChange: () => void = () => {}
  /** True when every port of the board is an item; else names that look like ports are taken to exist. */
  portsAreKnown = false
  /** True when the configuration came from a verbose export: menus it lacks are not on this router. */
  loadedVerbose = false
  readonly #facts: FactsLookup
  readonly #nextId = new Map<string, number>()

  constructor(facts: FactsLookup, major: number) {
    this.#facts = facts
    this.major = major
  }

  /** The menu if the configuration holds anything of it. */
  menu(path: string): ConfigMenu | undefined {
    return this.menus.get(path)
  }

  /** The menu, made when it is not there. */
  ensureMenu(path: string, kindWhenUnknown: 'singleton' | 'list' = 'list'): ConfigMenu {
    const present = this.menus.get(path)
    if (present !== undefined) return present
    const facts = this.#facts(path)
    const menu = new ConfigMenu(path, facts, facts?.kind ?? kindWhenUnknown, this.major)
    this.menus.set(path, menu)
    return menu
  }

  /** What is known of a menu, whether or not the configuration holds it. */
  facts(path: string): MenuFacts | undefined {
    return this.menus.get(path)?.facts ?? this.#facts(path)
  }

  /** The single item of a singleton menu, made when it is not there. */
  singleton(path: string): ConfigItem {
    const menu = this.ensureMenu(path, 'singleton')
    const present = menu.items[0]
    if (present !== undefined) return present
    const item = this.#make(path, { id: 0 })
    menu.insert(item, 0)
    return item
  }

  /** Next internal id of a menu; interfaces of all kinds count together. */
  #takeId(path: string): number {
    const space = isInterfaceMenu(path) ? '/interface' : path
    const id = this.#nextId.get(space) ?? 1
    this.#nextId.set(space, id + 1)
    return id
  }

  #make(path: string, from: NewItem): ConfigItem {
    return {
      id: from.id ?? this.#takeId(path),
      menu: path,
      values: new Map(from.values ?? []),
      base: new Map(from.base ?? []),
      ...(from.handle === undefined ? {} : { handle: from.handle }),
      fixed: from.fixed ?? false,
      dynamic: from.dynamic ?? false,
    }
  }

  add(path: string, from: NewItem): ConfigItem {
    const menu = this.ensureMenu(path)
    const item = this.#make(path, from)
    menu.insert(item, from.index ?? menu.items.length)
    const index = menu.items.indexOf(item)
    this.#record(
      () => menu.remove(item),
      () => menu.insert(item, index),
    )
    this.onChange()
    return item
  }

  remove(item: ConfigItem): void {
    const menu = this.ensureMenu(item.menu)
    const index = menu.remove(item)
    if (index < 0) return
    this.#record(
      () => menu.insert(item, index),
      () => menu.remove(item),
    )
    this.onChange()
  }

  /** Puts values; undefined takes one away. */
  assign(item: ConfigItem, changes: Iterable<readonly [string, StoredValue | undefined]>): void {
    const before = new Map(item.values)
    for (const [property, value] of changes) {
      if (value === undefined) item.values.delete(property)
      else item.values.set(property, value)
    }
    const after = new Map(item.values)
    const put = (values: ReadonlyMap<string, StoredValue>): void => {
      item.values.clear()
      for (const [property, value] of values) item.values.set(property, value)
      this.menus.get(item.menu)?.touch(item)
    }
    this.menus.get(item.menu)?.touch(item)
    this.#record(
      () => put(before),
      () => put(after),
    )
    this.onChange()
  }

  /** Moves items, in their given order, in front of `before`; to the end when it is absent. */
  move(path: string, moved: readonly ConfigItem[], before: ConfigItem | undefined): void {
    const menu = this.ensureMenu(path)
    const order = [...menu.items]
    const rest = order.filter((item) => !moved.includes(item))
    const at = before === undefined ? rest.length : rest.indexOf(before)
    if (at < 0) return
    rest.splice(at, 0, ...moved)
    const put = (items: readonly ConfigItem[]): void => {
      menu.items.splice(0, menu.items.length, ...items)
    }
    put(rest)
    this.#record(
      () => put(order),
      () => put(rest),
    )
    this.onChange()
  }

  /** Notes a change for undo and redo; each tells of itself when it happens. */
  #record(back: () => void, again: () => void): void {
    const telling = (step: () => void) => () => {
      step()
      this.onChange()
    }
    this.journal.record(telling(back), telling(again))
  }

  /** All items of all interface menus, in menu order. */
  *interfaces(): IterableIterator<ConfigItem> {
    for (const menu of this.menus.values()) {
      if (isInterfaceMenu(menu.path)) yield* menu.items
    }
  }

  /** The next ids, for saving the whole state. */
  idCounters(): [string, number][] {
    return [...this.#nextId]
  }

  /** Empties the configuration; ids go on counting unless given. */
  clear(idCounters?: Iterable<readonly [string, number]>): void {
    this.menus.clear()
    this.journal.clear()
    if (idCounters === undefined) return
    this.#nextId.clear()
    for (const [space, id] of idCounters) this.#nextId.set(space, id)
  }
}
