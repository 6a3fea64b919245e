import type { DeviceState } from '../diff/device-state.js'
import type { StateItem } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import { naturalKeys } from '../facts/menu-facts.js'
import { quoteString } from '../text/quote.js'

/** How the script names an item: a literal, a variable that a guard line has set, or nothing for a singleton. */
export interface Location {
  readonly text: string
}

/**
 * Menus in which the router has items of its own besides the configured ones, and a `dynamic` property to tell.
 * Source: flag D in the manual's pages of these menus, v6 and v7.
 */
const menusWithDynamicItems = new Set<MenuPath>([
  '/caps-man interface',
  '/interface bridge port',
  '/interface bridge vlan',
  '/interface list member',
  '/ip address',
  '/ip arp',
  '/ip dhcp-server lease',
  '/ip dns static',
  '/ip firewall address-list',
  '/ip firewall filter',
  '/ip firewall mangle',
  '/ip firewall nat',
  '/ip firewall raw',
  '/ip hotspot user',
  '/ip hotspot walled-garden',
  '/ip hotspot walled-garden ip',
  '/ip ipsec peer',
  '/ip ipsec policy',
  '/ip route',
  '/ipv6 address',
  '/ipv6 dhcp-server binding',
  '/ipv6 firewall address-list',
  '/ipv6 firewall filter',
  '/ipv6 firewall mangle',
  '/ipv6 firewall nat',
  '/ipv6 firewall raw',
  '/ipv6 pool',
  '/ipv6 route',
  '/queue simple',
])

/**
 * The menu in which newer versions list each open connection as a dynamic row of the same name behind the service; older
 * ones know no `dynamic` there to ask for. Source: MikroTik manual, Services, print of 7.2x.
 */
const serviceMenu: MenuPath = '/ip service'

/** Properties that read back as the text they were set to, good for a second look at a rule found by its place. */
const witnesses = ['chain', 'action', 'comment', 'protocol', 'dst-port', 'list']

/**
 * Looks up what a plan touches before anything is changed, so that no statement depends on an earlier one's effect:
 * internal ids stay with an item until it is removed, whatever its name, properties or place become.
 */
export class ItemLocator {
  readonly #current: DeviceState
  readonly #lines: string[] = []
  readonly #known = new Map<string, Location | undefined>()
  readonly #lists = new Map<MenuPath, string>()
  readonly #keyCounts = new Map<string, Map<string, number>>()
  #items = 0

  constructor(current: DeviceState) {
    this.#current = current
  }

  /** Guard lines for all that was located so far. */
  get lines(): readonly string[] {
    return this.#lines
  }

  /** Where the item is; nothing when there is no sure way to find it. `id` tells items apart within the plan. */
  locate(id: string, item: StateItem): Location | undefined {
    if (this.#known.has(id)) return this.#known.get(id)
    const location = this.#find(item)
    this.#known.set(id, location)
    return location
  }

  /** Stops the script when the device already has something of this name. */
  expectNone(menu: MenuPath, name: string): void {
    this.#lines.push(
      `:if ([:len [${menu} find name=${quoteString(name)}]] != 0) do={${stop(menu, 'has an item too many')}}`,
    )
  }

  #find(item: StateItem): Location | undefined {
    if (item.origin === 'singleton') return { text: '' }
    if (item.origin === 'builtin') return this.#findBuiltin(item)
    const conditions = this.#keyConditions(item)
    if (conditions !== undefined) return this.#findOne(item.menu, conditions + configuredOnly(item.menu))
    if (item.facts?.builtin === 'removable') return this.#findByPlace(item)
    return this.#findByContent(item)
  }

  #findBuiltin(item: StateItem): Location | undefined {
    const { selector } = item.item
    switch (selector?.kind) {
      case 'name':
        return this.#findEntry(item.menu, condition('name', selector.name))
      case 'find': {
        if (selector.conditions.length === 0 || item.handle.includes(' #')) return undefined
        const conditions = selector.conditions.map(({ name, value }) => condition(name, value))
        return this.#findEntry(item.menu, conditions.join(' '))
      }
      case 'numbers': {
        const [number] = selector.numbers
        if (number === undefined || selector.numbers.length !== 1) return undefined
        const list = this.#list(item.menu, undefined)
        const name = this.#variable()
        this.#lines.push(
          `:if ([:len $${list}] <= ${number}) do={${stop(item.menu, 'has fewer entries')}}`,
          `:local ${name} [:pick $${list} ${number}]`,
        )
        return { text: `$${name}` }
      }
      case 'id':
        return { text: selector.id }
      default:
        return undefined
    }
  }

  /** Conditions on the best natural key that no other item of the current document shares. */
  #keyConditions(item: StateItem): string | undefined {
    for (const key of naturalKeys(item.facts)) {
      const text = keyValue(item, key)
      if (text === undefined || this.#countKey(item.menu, key, text) !== 1) continue
      const conditions = key.map((name) =>
        condition(name, readBack(item.menu, name, item.properties.get(name)?.value ?? '')),
      )
      return conditions.join(' ')
    }
    return undefined
  }

  #countKey(menu: MenuPath, key: readonly string[], text: string): number {
    const id = `${menu}\n${key.join('\n')}`
    let counts = this.#keyCounts.get(id)
    if (counts === undefined) {
      counts = new Map()
      for (const item of this.#current.menus.get(menu)?.items ?? []) {
        const value = keyValue(item, key)
        if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      this.#keyCounts.set(id, counts)
    }
    return counts.get(text) ?? 0
  }

  #findOne(menu: MenuPath, conditions: string): Location {
    const name = this.#variable()
    this.#lines.push(
      `:local ${name} [${menu} find ${conditions}]`,
      `:if ([:len $${name}] != 1) do={${stop(menu, 'lacks an item')}}`,
    )
    return { text: `$${name}` }
  }

  #findEntry(menu: MenuPath, conditions: string): Location {
    if (menu !== serviceMenu) return this.#findOne(menu, conditions)
    const all = this.#variable()
    const name = this.#variable()
    this.#lines.push(
      `:local ${all} [${menu} find ${conditions}]`,
      `:if ([:len $${all}] <= 0) do={${stop(menu, 'lacks an item')}}`,
      `:local ${name} [:pick $${all} 0]`,
    )
    return { text: `$${name}` }
  }

  #findByPlace(item: StateItem): Location | undefined {
    const menu = this.#current.menus.get(item.menu)
    if (menu === undefined) return undefined
    const list = this.#list(item.menu, menu.items.length)
    const name = this.#variable()
    this.#lines.push(`:local ${name} [:pick $${list} ${item.index}]`)
    for (const property of witnesses) {
      const value = item.properties.get(property)
      if (value?.state !== 'set' || !/^[\x20-\x7e]+$/.test(value.value) || value.value.includes(',')) continue
      this.#lines.push(
        `:if ([:tostr [${item.menu} get $${name} ${property}]] != ${quoteString(value.value)}) do={${stop(item.menu, 'has other rules')}}`,
      )
    }
    return { text: `$${name}` }
  }

  /** All plain properties together; among equal items by their order. */
  #findByContent(item: StateItem): Location | undefined {
    const plain = [...item.properties.values()].filter(
      ({ state, value, constant }) =>
        state === 'set' &&
        constant &&
        /^[\x20-\x7e]+$/.test(value) &&
        !value.includes(',') &&
        !quantity.test(value),
    )
    if (plain.length === 0) return undefined
    const fits = (other: StateItem) =>
      plain.every(({ name, value }) => other.properties.get(name)?.value === value)
    const alike = (this.#current.menus.get(item.menu)?.items ?? []).filter(
      (other) => other.origin === 'added' && fits(other),
    )
    const conditions =
      plain.map(({ name, value }) => condition(name, value)).join(' ') + configuredOnly(item.menu)
    if (alike.length === 1) return this.#findOne(item.menu, conditions)
    const all = this.#variable()
    const name = this.#variable()
    this.#lines.push(
      `:local ${all} [${item.menu} find ${conditions}]`,
      `:if ([:len $${all}] != ${alike.length}) do={${stop(item.menu, 'has other items')}}`,
      `:local ${name} [:pick $${all} ${alike.indexOf(item)}]`,
    )
    return { text: `$${name}` }
  }

  /** The variable with all configured items of a menu in print order. */
  #list(menu: MenuPath, count: number | undefined): string {
    const known = this.#lists.get(menu)
    if (known !== undefined) return known
    const name = `list${this.#lists.size + 1}`
    this.#lists.set(menu, name)
    this.#lines.push(`:local ${name} [${menu} find${configuredOnly(menu)}]`)
    if (count !== undefined) {
      this.#lines.push(`:if ([:len $${name}] != ${count}) do={${stop(menu, 'has another number of items')}}`)
    }
    return name
  }

  #variable(): string {
    return `item${++this.#items}`
  }
}

function keyValue(item: StateItem, key: readonly string[]): string | undefined {
  // The device shows the whole address, of which the export states the part behind the prefix of the pool.
  if (key.includes('address') && item.properties.has('from-pool')) return undefined
  const parts: string[] = []
  for (const name of key) {
    const property = item.properties.get(name)
    if (property?.state !== 'set' || !property.constant || property.value === '') return undefined
    // A list need not read back as the text it was set to.
    if (property.value.includes(',') && name !== 'name') return undefined
    parts.push(property.value)
  }
  return parts.join('\n')
}

/** The usual length of an address, which exports leave out and the device does not. */
const usualLength: Readonly<Record<MenuPath, string>> = { '/ip address': '/32', '/ipv6 address': '/64' }

/** A value as the device has it when asked. */
function readBack(menu: MenuPath, name: string, value: string): string {
  return name === 'address' && !value.includes('/') ? value + (usualLength[menu] ?? '') : value
}

/** Numbers, durations and rates: whether a device compares one with a text depends on the property's type. */
const quantity = /^(?:\d+[a-zA-Z]*)+$|^\d+:\d\d:\d\d$/

/** Natural keys that are numbers, and so are asked for as numbers. */
const numberProperties = new Set(['code', 'vlan-id', 'vlan-ids'])

/** One condition of `find`. An address without quotes does not match; numbers, `yes` and `no` are no text. */
function condition(name: string, value: string): string {
  const isBare = value === 'yes' || value === 'no' || (numberProperties.has(name) && /^\d+$/.test(value))
  return `${name}=${isBare ? value : quoteString(value)}`
}

function configuredOnly(menu: MenuPath): string {
  return menusWithDynamicItems.has(menu) ? ' dynamic=no' : ''
}

function stop(menu: MenuPath, difference: string): string {
  return `:error ${quoteString(`Not the router this plan was made for: ${menu} ${difference}.`)}`
}
