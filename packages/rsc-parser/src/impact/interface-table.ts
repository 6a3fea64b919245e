import { type DeviceView, isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'

/** An interface of the device. */
export interface DeviceInterface {
  readonly name: string
  /** What stays when the name changes: the default name of a port, else the name it had before a rename. */
  readonly key: string
  /** Last word of its menu: `ethernet`, `bridge`, `vlan`, `pppoe-client`, ... */
  readonly kind: string
  readonly enabled: boolean
  /** False when nothing states it and it is known only by a name that hardware gives. */
  readonly stated: boolean
  readonly item: ViewItem | undefined
}

/** What an interface is a part of, so that it carries no addresses itself. */
export interface InterfaceMaster {
  readonly kind: 'bridge' | 'bond' | 'switch'
  readonly name: string
  /** The bridge port item. */
  readonly port: ViewItem | undefined
}

const notInterfaces = new Set(['list', 'detect-internet', 'lte-apn'])
const hardwareNames = /^(ether|sfp|qsfp|combo|lte|pwr-line|lo$|w60g|wpan|wlan|wifi)/
const wirelessNames = /^(wlan|wifi)/
/** Interfaces that stand on the one that their `interface` names. */
const stackedKinds = /^(vlan|vrrp|macvlan|macsec|pppoe-client)$/
/** Interfaces whose link depends on the other end, so that the export cannot tell whether they are up. */
const dialledKinds = /client$|^lte$|^gre|^ipip|^eoip|^6to4|^wireguard$|^vxlan$|^zerotier/

/** The interfaces of a device, by name and by lasting identity, and who is part of what. */
export class InterfaceTable {
  readonly #view: DeviceView
  readonly #formerNames: ReadonlyMap<string, string>
  readonly #byName = new Map<string, DeviceInterface>()
  readonly #byKey = new Map<string, DeviceInterface>()
  readonly #masters = new Map<string, InterfaceMaster>()
  readonly #ports = new Map<string, readonly string[]>()

  /** @param formerNames what renamed interfaces were called before, by their name here. */
  constructor(view: DeviceView, formerNames: ReadonlyMap<string, string> = new Map()) {
    this.#view = view
    this.#formerNames = formerNames
    for (const menu of view.menus) {
      const words = menu.slice(1).split(' ')
      const kind = words.at(-1) ?? ''
      const isInterfaceMenu = words[0] === 'interface' && words.length === 2 && !notInterfaces.has(kind)
      if (!isInterfaceMenu && menu !== '/caps-man interface' && menu !== '/zerotier interface') continue
      for (const item of view.items(menu)) this.#addItem(item, kind)
    }
    this.#collectMasters()
  }

  /** The interface of a name. Names that hardware gives exist without being stated. */
  get(name: string): DeviceInterface | undefined {
    const found = this.#byName.get(name)
    if (found !== undefined) return found
    if (!hardwareNames.test(name) || this.#byKey.has(name)) return undefined
    return {
      name,
      key: name,
      kind: wirelessNames.test(name) ? 'wireless' : 'ethernet',
      enabled: !wirelessNames.test(name),
      stated: false,
      item: undefined,
    }
  }

  /** The interface that has a lasting identity in this document, whatever it is called here. */
  byKey(key: string): DeviceInterface | undefined {
    return this.#byKey.get(key) ?? this.get(key)
  }

  /** What the interface of a name is called for good; facts that outlive a rename are named by it. */
  keyOf(name: string): string {
    return this.get(name)?.key ?? name
  }

  /** The interface that one stands on: the parent of a VLAN, the port that PPPoE dials out of. */
  lowerOf(name: string): string | undefined {
    const found = this.#byName.get(name)
    if (found === undefined || !stackedKinds.test(found.kind)) return undefined
    const lower = propertyOf(found.item, 'interface')
    return lower === '' ? undefined : lower
  }

  /** Why an interface can never be up, by itself or by what it stands on; undefined when it can. */
  whyDown(name: string, depth = 0): string | undefined {
    const found = this.get(name)
    const above = depth === 0 ? 'interface ' : ''
    if (found === undefined) return name.startsWith('<') ? undefined : `${above}${name} does not exist`
    if (!found.enabled) return `${above}${name} is disabled`
    const lower = this.lowerOf(name)
    if (lower === undefined || depth > 8) return undefined
    const below = this.whyDown(lower, depth + 1)
    return below === undefined || depth > 0 ? below : `${below}, and ${name} stands on it`
  }

  /** All stated interfaces. */
  all(): IterableIterator<DeviceInterface> {
    return this.#byName.values()
  }

  masterOf(name: string): InterfaceMaster | undefined {
    return this.#masters.get(name)
  }

  /** Names of the enabled ports of a bridge. */
  portsOf(bridge: string): readonly string[] {
    return this.#ports.get(bridge) ?? []
  }

  /** Names of the interfaces bound together in a bond. */
  slavesOf(bond: string): readonly string[] {
    return listOf(propertyOf(this.#byName.get(bond)?.item, 'slaves'))
  }

  /** VLAN interfaces on an interface with a VLAN id. */
  vlansOn(parent: string, vlanId: number): readonly DeviceInterface[] {
    const found: DeviceInterface[] = []
    for (const each of this.#byName.values()) {
      if (each.kind !== 'vlan' || propertyOf(each.item, 'interface') !== parent) continue
      if (Number(propertyOf(each.item, 'vlan-id', '1')) === vlanId) found.push(each)
    }
    return found
  }

  /** True when the link of the interface depends on someone else. */
  isDialled(name: string): boolean {
    return dialledKinds.test(this.get(name)?.kind ?? '')
  }

  /** A port item names an interface, or from 7 on an interface list, whose members all become ports. */
  #membersOf(name: string): readonly string[] {
    const members = this.#view
      .items('/interface list member')
      .filter((each) => isEnabled(each) && propertyOf(each, 'list') === name)
    const isList =
      this.#view.major >= 7 && members.length > 0 && !this.#byName.has(name) && !hardwareNames.test(name)
    return isList ? members.map((each) => propertyOf(each, 'interface')) : [name]
  }

  #addItem(item: ViewItem, kind: string): void {
    const name = item.name ?? propertyOf(item, 'name', propertyOf(item, 'default-name'))
    if (name === '') return
    const enabled = isEnabled(item)
    const key = defaultNameOf(item) ?? this.#formerNames.get(name) ?? name
    const found: DeviceInterface = { name, key, kind, enabled, stated: true, item }
    this.#byName.set(name, found)
    this.#byKey.set(key, found)
  }

  #collectMasters(): void {
    for (const port of this.#view.items('/interface bridge port')) {
      if (!isEnabled(port)) continue
      const bridge = propertyOf(port, 'bridge')
      for (const name of this.#membersOf(propertyOf(port, 'interface'))) {
        // A list that a bridge takes as its ports may hold the bridge itself.
        if (name === bridge) continue
        this.#masters.set(name, { kind: 'bridge', name: bridge, port })
        this.#ports.set(bridge, [...(this.#ports.get(bridge) ?? []), name])
      }
    }
    for (const each of this.#byName.values()) {
      if (each.kind === 'bonding' && each.enabled) {
        for (const slave of listOf(propertyOf(each.item, 'slaves'))) {
          this.#masters.set(slave, { kind: 'bond', name: each.name, port: undefined })
        }
      }
      const master = propertyOf(each.item, 'master-port', 'none')
      if (each.kind === 'ethernet' && master !== 'none' && master !== '') {
        this.#masters.set(each.name, { kind: 'switch', name: master, port: undefined })
      }
    }
  }
}

function defaultNameOf(item: ViewItem): string | undefined {
  const { selector } = item.state.item
  if (selector?.kind === 'find') {
    for (const condition of selector.conditions) if (condition.name === 'default-name') return condition.value
  }
  return item.values.get('default-name')
}
