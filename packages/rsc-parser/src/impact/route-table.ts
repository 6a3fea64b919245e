import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import { type DeviceView, isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'
import type { InterfaceTable } from './interface-table.js'
import {
  addressBits,
  type IpRange,
  parseIpAddress,
  parseIpPrefix,
  prefixRange,
  rangeContains,
} from './ip-range.js'
import type { LocalAddress } from './local-addresses.js'
import type { WorldFacts } from './world-facts.js'

/** A route the device may use. */
export interface Route {
  readonly destination: IpRange
  readonly prefixLength: number
  readonly distance: number
  readonly table: string
  readonly kind: 'connected' | 'gateway' | 'discard'
  /** Interface it leads out by, where that can be told. */
  readonly interfaceName: string | undefined
  /** The next hop in words: an address with its interface, an interface, or whoever gives it. */
  readonly via: string
  /** Address of a next hop that is on the network of the interface. */
  readonly hop?: string
  /** When the route is in force. */
  readonly active: Condition
  readonly item: ViewItem | undefined
}

function everywhere(family: 4 | 6): IpRange {
  return { family, first: 0n, last: (1n << BigInt(addressBits(family))) - 1n }
}

/** All routes of one family that the document states or implies, best first within a table. */
export function routesOf(
  view: DeviceView,
  family: 4 | 6,
  interfaces: InterfaceTable,
  addresses: readonly LocalAddress[],
  tableOfInterface: (name: string) => string,
  world: WorldFacts,
): readonly Route[] {
  const routes: Route[] = []
  for (const each of addresses) {
    if (each.active === NEVER) continue
    routes.push({
      destination: each.network,
      prefixLength: lengthOf(each.network),
      distance: 0,
      table: tableOfInterface(each.interfaceName),
      kind: 'connected',
      interfaceName: each.interfaceName,
      via: `the network of ${each.interfaceName}`,
      active: each.active,
      item: each.item,
    })
  }
  routes.push(...givenDefaults(view, family, interfaces, tableOfInterface, world))
  for (const item of view.items(family === 4 ? '/ip route' : '/ipv6 route')) {
    if (isEnabled(item)) routes.push(...statedRoutes(item, family, view, interfaces, routes, world))
  }
  return routes.sort((a, b) => b.prefixLength - a.prefixLength || a.distance - b.distance)
}

/** Stands for the routes of a text that is part of a configuration and states none. */
export function unseenRoute(family: 4 | 6): Route {
  return {
    destination: everywhere(family),
    prefixLength: 0,
    distance: 255,
    table: 'main',
    kind: 'gateway',
    interfaceName: undefined,
    via: 'a route that the text does not show',
    active: ALWAYS,
    item: undefined,
  }
}

function statedRoutes(
  item: ViewItem,
  family: 4 | 6,
  view: DeviceView,
  interfaces: InterfaceTable,
  known: readonly Route[],
  world: WorldFacts,
): readonly Route[] {
  const prefix = parseIpPrefix(propertyOf(item, 'dst-address', family === 4 ? '0.0.0.0/0' : '::/0'))
  if (prefix === undefined || prefix.family !== family) return []
  const mark = propertyOf(item, 'routing-table', propertyOf(item, 'routing-mark', 'main'))
  const base = {
    destination: prefixRange(prefix),
    prefixLength: prefix.length,
    distance: Number(propertyOf(item, 'distance', '1')),
    table: mark === '' ? 'main' : mark,
    item,
  }
  const type = propertyOf(item, 'type', 'unicast')
  if (propertyOf(item, 'blackhole') === 'yes' || (type !== 'unicast' && type !== '')) {
    return [
      { ...base, kind: 'discard', interfaceName: undefined, via: 'nowhere (blackhole)', active: ALWAYS },
    ]
  }
  return listOf(propertyOf(item, 'gateway')).map((written) => {
    const hop = nextHop(written, family, interfaces, known, view, world)
    const isChecked = propertyOf(item, 'check-gateway', 'none') !== 'none'
    const alive = isChecked ? world.fact(`gateway ${written} answers`) : ALWAYS
    return { ...base, kind: 'gateway', ...hop, active: world.space.and(hop.active, alive) }
  })
}

interface NextHop {
  readonly interfaceName: string | undefined
  readonly via: string
  readonly hop?: string
  readonly active: Condition
}

function nextHop(
  written: string,
  family: 4 | 6,
  interfaces: InterfaceTable,
  known: readonly Route[],
  view: DeviceView,
  world: WorldFacts,
  depth = 0,
): NextHop {
  const withoutTable = written.split('@')[0] ?? written
  const [addressText = '', zone] = withoutTable.split('%')
  const address = parseIpAddress(addressText)
  if (address === undefined) return throughInterface(addressText, interfaces, world)
  if (zone !== undefined) {
    const through = throughInterface(zone, interfaces, world)
    return { ...through, via: `${addressText} on ${keyOf(zone, interfaces)}`, hop: addressText }
  }
  const hop: IpRange = { family: address.family, first: address.address, last: address.address }
  const direct = known.find((route) => route.kind === 'connected' && rangeContains(route.destination, hop))
  if (direct !== undefined) {
    return {
      interfaceName: direct.interfaceName,
      via: `${addressText} on ${keyOf(direct.interfaceName, interfaces)}`,
      hop: addressText,
      active: direct.active,
    }
  }
  const covering = coveringRoute(hop, family, view)
  if (covering !== undefined) {
    // The hop is behind another route: packets leave by the interface of that one.
    const [first = ''] = listOf(propertyOf(covering, 'gateway'))
    const beyond = depth < 4 ? nextHop(first, family, interfaces, known, view, world, depth + 1) : undefined
    const interfaceName = beyond?.interfaceName
    return { interfaceName, via: `${addressText} (by another route)`, active: beyond?.active ?? NEVER }
  }
  const hasGivenNetworks = view.items(family === 4 ? '/ip dhcp-client' : '/ipv6 dhcp-client').some(isEnabled)
  const dialled = [...interfaces.all()].some((each) => each.enabled && interfaces.isDialled(each.name))
  return {
    interfaceName: undefined,
    via: addressText,
    active:
      hasGivenNetworks || dialled || family === 6
        ? world.fact(`gateway ${addressText} is on a connected network`)
        : NEVER,
  }
}

/** The most specific stated route that leads to a hop; a default route does not count. */
function coveringRoute(hop: IpRange, family: 4 | 6, view: DeviceView): ViewItem | undefined {
  let best: { readonly item: ViewItem; readonly length: number } | undefined
  for (const item of view.items(family === 4 ? '/ip route' : '/ipv6 route')) {
    const prefix = parseIpPrefix(propertyOf(item, 'dst-address'))
    if (!isEnabled(item) || prefix === undefined || prefix.length === 0) continue
    if (propertyOf(item, 'gateway') === '' || !rangeContains(prefixRange(prefix), hop)) continue
    if (best === undefined || prefix.length > best.length) best = { item, length: prefix.length }
  }
  return best?.item
}

function throughInterface(name: string, interfaces: InterfaceTable, world: WorldFacts): NextHop {
  const found = interfaces.get(name)
  const via = keyOf(name, interfaces)
  if (found === undefined) {
    const mayAppear = name.startsWith('<')
    return { interfaceName: name, via, active: mayAppear ? world.fact(`interface ${name} is up`) : NEVER }
  }
  if (interfaces.whyDown(name) !== undefined) return { interfaceName: name, via, active: NEVER }
  const needsPeer = interfaces.isDialled(name) && found.kind !== 'wireguard'
  return { interfaceName: name, via, active: needsPeer ? world.fact(`${found.key} is connected`) : ALWAYS }
}

function keyOf(name: string | undefined, interfaces: InterfaceTable): string {
  return (name === undefined ? undefined : interfaces.get(name)?.key) ?? name ?? 'an unknown interface'
}

/** Default routes that DHCP and dialled links bring. */
function givenDefaults(
  view: DeviceView,
  family: 4 | 6,
  interfaces: InterfaceTable,
  tableOfInterface: (name: string) => string,
  world: WorldFacts,
): readonly Route[] {
  const found: Route[] = []
  const add = (item: ViewItem, name: string, distance: string, fact: string): void => {
    if (interfaces.whyDown(name) !== undefined || interfaces.masterOf(name) !== undefined) return
    found.push({
      destination: everywhere(family),
      prefixLength: 0,
      distance: Number(distance),
      table: tableOfInterface(name),
      kind: 'gateway',
      interfaceName: name,
      via: `the default gateway that ${keyOf(name, interfaces)} is given`,
      active: world.fact(fact),
      item,
    })
  }
  for (const item of view.items(family === 4 ? '/ip dhcp-client' : '/ipv6 dhcp-client')) {
    const name = propertyOf(item, 'interface')
    const wanted = propertyOf(item, 'add-default-route', family === 4 ? 'yes' : 'no')
    if (isEnabled(item) && wanted !== 'no') {
      add(
        item,
        name,
        propertyOf(item, 'default-route-distance', '1'),
        `DHCP gives a default gateway on ${keyOf(name, interfaces)}`,
      )
    }
  }
  for (const each of interfaces.all()) {
    if (each.item === undefined || !each.enabled || family === 6) continue
    const isClient = /^(ppp|pppoe|pptp|l2tp|sstp|ovpn)-client$/.test(each.kind)
    const wanted = propertyOf(each.item, 'add-default-route', each.kind === 'ppp-client' ? 'yes' : 'no')
    if (each.kind === 'lte' || (isClient && wanted === 'yes')) {
      add(
        each.item,
        each.name,
        propertyOf(each.item, 'default-route-distance', '1'),
        `${each.key} is connected`,
      )
    }
  }
  return found
}

function lengthOf(range: IpRange): number {
  const size = range.last - range.first + 1n
  return addressBits(range.family) - (size.toString(2).length - 1)
}
