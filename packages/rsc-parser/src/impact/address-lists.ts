import { type Condition, type ConditionSpace, NEVER } from './condition-space.js'
import { type DeviceView, isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'
import { type IpRange, parseIpRange } from './ip-range.js'

const tables = ['filter', 'raw', 'nat', 'mangle']
const listProperties = ['address-list', 'address-lists', 'src-address-list']

interface ListEntry {
  readonly range: IpRange | undefined
  readonly address: string
}

/** Address lists of one family: what the export states, and which lists the device fills by itself. */
export class AddressLists {
  readonly #space: ConditionSpace
  readonly #isUnstated: boolean
  readonly #entries = new Map<string, ListEntry[]>()
  readonly #filled = new Set<string>()
  /** Rules that add to a list, by list. */
  readonly #fillers = new Map<string, ViewItem[]>()
  readonly #scripts: readonly string[]

  /** @param isUnstated the text is part of a configuration that says nothing of lists. */
  constructor(view: DeviceView, family: 4 | 6, space: ConditionSpace, isUnstated = false) {
    this.#space = space
    this.#isUnstated = isUnstated
    const root = family === 4 ? '/ip' : '/ipv6'
    for (const item of view.items(`${root} firewall address-list`)) {
      if (!isEnabled(item)) continue
      const list = propertyOf(item, 'list')
      const address = propertyOf(item, 'address')
      const entry = { range: parseIpRange(address), address }
      const known = this.#entries.get(list)
      if (known === undefined) this.#entries.set(list, [entry])
      else known.push(entry)
    }
    for (const table of tables) {
      for (const rule of view.items(`${root} firewall ${table}`)) {
        if (!isEnabled(rule) || !fillsList(rule)) continue
        const list = propertyOf(rule, 'address-list')
        const known = this.#fillers.get(list)
        if (known === undefined) this.#fillers.set(list, [rule])
        else known.push(rule)
      }
    }
    for (const menu of ['/ppp profile', '/ip hotspot user profile', '/ip dhcp-server', '/ip dns static']) {
      for (const item of view.items(menu)) this.#fillsOf(item)
    }
    for (const lease of view.items('/ip dhcp-server lease')) this.#fillsOf(lease)
    this.#scripts = [
      '/system script',
      '/system scheduler',
      '/tool netwatch',
      '/ppp profile',
      '/ip dhcp-client',
    ]
      .flatMap((menu) => view.items(menu))
      .flatMap((item) =>
        [...item.values].filter(([name]) => /source|on-event|script|on-up|on-down/.test(name)),
      )
      .map(([, value]) => value)
      .filter((value) => value.includes('address-list'))
  }

  /** Names of the lists with stated entries. */
  names(): IterableIterator<string> {
    return this.#entries.keys()
  }

  /**
   * Whether an address is in a list, given how "the address is in this range" is expressed.
   * @param who whose address it is, for the names of what cannot be told.
   * @param mayAdd whether a rule that fills the list can ever have added the address.
   */
  contains(
    list: string,
    who: string,
    inRange: (range: IpRange) => Condition,
    mayAdd: (rule: ViewItem) => boolean = () => true,
  ): Condition {
    if (this.#isUnstated) return this.#space.variable(`the ${who} address is in list ${list}`)
    let result = NEVER
    for (const entry of this.#entries.get(list) ?? []) {
      const holds =
        entry.range === undefined
          ? this.#space.variable(`${entry.address} resolves to the ${who} address`)
          : inRange(entry.range)
      result = this.#space.or(result, holds)
    }
    const isFilled = this.#isFilledBesidesRules(list) || (this.#fillers.get(list) ?? []).some(mayAdd)
    if (!isFilled) return result
    return this.#space.or(result, this.#space.variable(`the device put the ${who} address in list ${list}`))
  }

  /** True when rules, profiles or scripts of this device add to the list. */
  isFilledByDevice(list: string): boolean {
    return this.#fillers.has(list) || this.#isFilledBesidesRules(list)
  }

  #isFilledBesidesRules(list: string): boolean {
    return this.#filled.has(list) || this.#scripts.some((source) => source.includes(list))
  }

  #fillsOf(item: ViewItem): void {
    if (!isEnabled(item)) return
    for (const property of listProperties)
      for (const list of listOf(propertyOf(item, property))) this.#filled.add(list)
  }
}

/** True for a rule that adds addresses to a list. */
export function fillsList(rule: ViewItem): boolean {
  const action = propertyOf(rule, 'action')
  return action === 'add-src-to-address-list' || action === 'add-dst-to-address-list'
}
