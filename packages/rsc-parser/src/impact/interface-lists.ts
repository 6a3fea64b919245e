import { type Condition, type ConditionSpace, NEVER } from './condition-space.js'
import { type DeviceView, isEnabled, listOf, propertyOf } from './device-view.js'
import type { InterfaceTable } from './interface-table.js'

/** Which interfaces are in which interface list. */
export class InterfaceLists {
  readonly #view: DeviceView
  readonly #interfaces: InterfaceTable
  readonly #space: ConditionSpace
  readonly #isUnstated: boolean
  /** Lists that something other than a member item can fill. */
  readonly #filledByDevice = new Set<string>()

  /** @param isUnstated the text is part of a configuration that says nothing of lists. */
  constructor(view: DeviceView, interfaces: InterfaceTable, space: ConditionSpace, isUnstated = false) {
    this.#isUnstated = isUnstated
    this.#view = view
    this.#interfaces = interfaces
    this.#space = space
    for (const profile of view.items('/ppp profile')) this.#fills(propertyOf(profile, 'interface-list'))
    const detect = view.one('/interface detect-internet')
    if (propertyOf(detect, 'detect-interface-list', 'none') !== 'none') {
      for (const property of ['internet-interface-list', 'lan-interface-list', 'wan-interface-list']) {
        this.#fills(propertyOf(detect, property))
      }
    }
    for (const menu of view.menus) {
      if (!/datapath|configuration|^\/interface wifi|^\/interface wifiwave2|^\/interface dot1x/.test(menu))
        continue
      for (const item of view.items(menu)) {
        this.#fills(propertyOf(item, 'interface-list'))
        this.#fills(propertyOf(item, 'datapath.interface-list'))
      }
    }
  }

  /** Whether an interface is in a list: include, minus exclude, plus static members. */
  contains(list: string, name: string): Condition {
    return this.#contains(list, name, new Set())
  }

  #contains(list: string, name: string, visiting: Set<string>): Condition {
    if (list === 'all') return this.#space.not(NEVER)
    if (list === 'none' || visiting.has(list)) return NEVER
    if (list === 'static' || list === 'dynamic') {
      const isStatic = this.#interfaces.get(name) !== undefined
      const holds = isStatic === (list === 'static')
      return holds ? this.#space.not(NEVER) : NEVER
    }
    const key = this.#interfaces.keyOf(name)
    if (this.#isUnstated || list.startsWith('*'))
      return this.#space.variable(`${key} is in interface list ${list}`)
    for (const member of this.#view.items('/interface list member')) {
      if (!isEnabled(member)) continue
      if (propertyOf(member, 'list') === list && propertyOf(member, 'interface') === name)
        return this.#space.not(NEVER)
    }
    visiting.add(list)
    const item = this.#view.items('/interface list').find((each) => each.name === list)
    const among = (property: string): Condition =>
      this.#space.any(listOf(propertyOf(item, property)).map((each) => this.#contains(each, name, visiting)))
    const included = this.#space.without(among('include'), among('exclude'))
    visiting.delete(list)
    if (!this.#filledByDevice.has(list)) return included
    return this.#space.or(included, this.#space.variable(`the device put ${key} in interface list ${list}`))
  }

  #fills(list: string): void {
    if (list !== '' && list !== 'none') this.#filledByDevice.add(list)
  }
}
