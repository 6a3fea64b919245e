import { ALWAYS, type Condition, type ConditionSpace, NEVER } from './condition-space.js'
import { type DeviceView, isEnabled, propertyOf, type ViewItem } from './device-view.js'
import type { InterfaceTable } from './interface-table.js'
import { type IpRange, parseIpAddress, parseIpPrefix, prefixRange } from './ip-range.js'

/** An address of the device with the network it connects to. */
export interface LocalAddress {
  readonly address: bigint
  readonly family: 4 | 6
  /** The connected network. */
  readonly network: IpRange
  readonly interfaceName: string
  readonly item: ViewItem
  /** When the address is in force. */
  readonly active: Condition
  /** Why it is not, for an address that can never be in force. */
  readonly inactiveBecause?: string
}

/** Where an address that no item states could come from. */
export interface AddressSource {
  readonly text: string
  readonly interfaceName: string
  readonly item: ViewItem
}

/** The stated addresses of one family. */
export function localAddresses(
  view: DeviceView,
  family: 4 | 6,
  interfaces: InterfaceTable,
  space: ConditionSpace,
): readonly LocalAddress[] {
  const found: LocalAddress[] = []
  for (const item of view.items(family === 4 ? '/ip address' : '/ipv6 address')) {
    if (!isEnabled(item) || propertyOf(item, 'from-pool') !== '') continue
    const prefix = parseIpPrefix(propertyOf(item, 'address'))
    if (prefix === undefined || prefix.family !== family) continue
    const interfaceName = propertyOf(item, 'interface')
    const state = activity(interfaceName, interfaces, space)
    const peer = parseIpAddress(propertyOf(item, 'network'))
    const isPointToPoint = prefix.length === 32 && peer !== undefined && peer.family === 4
    const network = isPointToPoint ? { family, first: peer.address, last: peer.address } : prefixRange(prefix)
    found.push({ address: prefix.address, family, network, interfaceName, item, ...state })
  }
  return found
}

function activity(
  name: string,
  interfaces: InterfaceTable,
  space: ConditionSpace,
): { active: Condition; inactiveBecause?: string } {
  const down = interfaces.whyDown(name)
  if (down !== undefined) return { active: NEVER, inactiveBecause: down }
  const key = interfaces.keyOf(name)
  if (interfaces.masterOf(name) !== undefined) {
    return { active: space.variable(`an address on ${key}, which is a port of another interface, works`) }
  }
  if (interfaces.get(name)?.kind === 'vrrp') return { active: space.variable(`${key} is VRRP master`) }
  return { active: ALWAYS }
}

/** Everything that can give the device an address that the export does not state. */
export function addressSources(
  view: DeviceView,
  family: 4 | 6,
  interfaces: InterfaceTable,
): readonly AddressSource[] {
  const found: AddressSource[] = []
  const add = (item: ViewItem, interfaceName: string, text: string): void => {
    if (isEnabled(item) && interfaces.whyDown(interfaceName) === undefined)
      found.push({ text, interfaceName, item })
  }
  const clients = family === 4 ? '/ip dhcp-client' : '/ipv6 dhcp-client'
  for (const item of view.items(clients)) {
    const name = propertyOf(item, 'interface')
    add(item, name, `DHCP on ${interfaces.keyOf(name)}`)
  }
  for (const each of interfaces.all()) {
    const isDialled = /^(ppp|pppoe|pptp|l2tp|sstp|ovpn)-client$|^lte$|^interface$/.test(each.kind)
    if (isDialled && each.item !== undefined) add(each.item, each.name, `the other end of ${each.key}`)
  }
  for (const menu of ['/ppp profile', '/ppp secret']) {
    for (const item of view.items(menu)) {
      const local = propertyOf(item, 'local-address')
      if (local !== '')
        add(item, `<${menu.slice(5)} ${item.name ?? ''}>`, `a session with local address ${local}`)
    }
  }
  if (family === 6) {
    for (const item of view.items('/ipv6 address')) {
      const name = propertyOf(item, 'interface')
      if (propertyOf(item, 'from-pool') !== '')
        add(item, name, `IPv6 pool ${propertyOf(item, 'from-pool')} on ${interfaces.keyOf(name)}`)
    }
  }
  return found
}
