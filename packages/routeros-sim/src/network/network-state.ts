import type { ConfigItem } from '../state/config-item.js'
import type { ConfigMenu } from '../state/config-menu.js'
import { isInterfaceMenu } from '../state/interface-family.js'
import { itemName } from '../state/item-name.js'
import type { RouterConfig } from '../state/router-config.js'

/** An item of a menu with its values in force. */
export interface Row {
  readonly item: ConfigItem
  readonly menu: ConfigMenu
  get(property: string): string | undefined
}

/** Reads the configuration the way the packet path needs it: enabled rows, interfaces by any of their names. */
export class NetworkState {
  readonly config: RouterConfig
  readonly major: number

  constructor(config: RouterConfig, major: number) {
    this.config = config
    this.major = major
  }

  /** Enabled items of a menu in order. */
  rows(path: string): Row[] {
    const menu = this.config.menu(path)
    if (menu === undefined) return []
    return menu.items
      .filter((item) => menu.read(item, 'disabled') !== 'yes')
      .map((item) => ({ item, menu, get: (property) => menu.read(item, property) }))
  }

  /** A setting of a singleton menu. */
  setting(path: string, property: string): string | undefined {
    const menu = this.config.menu(path)
    const item = menu?.items[0]
    return item === undefined ? menu?.defaultOf(property) : menu?.read(item, property)
  }

  /** The interface of that name; a port is found by its default name too, whatever it is called now. */
  interface(name: string): Row | undefined {
    let byDefaultName: Row | undefined
    for (const menu of this.config.menus.values()) {
      if (!isInterfaceMenu(menu.path)) continue
      for (const item of menu.items) {
        const row: Row = { item, menu, get: (property) => menu.read(item, property) }
        if (itemName(menu, item) === name) return row
        if (item.handle?.kind === 'find' && item.handle.value === name) byDefaultName ??= row
      }
    }
    return byDefaultName
  }

  nameOf(row: Row): string {
    return itemName(row.menu, row.item) ?? ''
  }

  /** True when an interface exists and is not disabled. */
  isUp(name: string): boolean {
    const row = this.interface(name)
    return row !== undefined && row.get('disabled') !== 'yes'
  }

  /** Names of an interface list's members: its own, those of included lists, less those of excluded ones. */
  listMembers(list: string, seen: ReadonlySet<string> = new Set()): Set<string> {
    const members = new Set<string>()
    if (list === 'none' || seen.has(list)) return members
    if (list === 'all' || list === 'static') {
      for (const item of this.config.interfaces()) {
        const name = itemName(this.config.ensureMenu(item.menu), item)
        if (name !== undefined) members.add(name)
      }
      return members
    }
    const inner = new Set([...seen, list])
    const definition = this.rows('/interface list').find((row) => this.nameOf(row) === list)
    const names = (property: string): string[] =>
      (definition?.get(property) ?? '').split(',').filter((name) => name !== '')
    for (const name of names('include'))
      for (const member of this.listMembers(name, inner)) members.add(member)
    for (const name of names('exclude'))
      for (const member of this.listMembers(name, inner)) members.delete(member)
    for (const row of this.rows('/interface list member')) {
      if (row.get('list') === list) members.add(row.get('interface') ?? '')
    }
    return members
  }
}

/** True when a number lies in a list such as `22,8291,1000-2000`. */
export function inNumberList(value: number, list: string): boolean {
  return list.split(',').some((part) => {
    const [from, to] = part.split('-').map(Number)
    return from !== undefined && value >= from && value <= (to ?? from)
  })
}
