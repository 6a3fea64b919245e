import type { MenuPath } from '../document/menu-path.js'
import { AddressLists } from './address-lists.js'
import { type DeviceView, isEnabled, listOf, propertyOf } from './device-view.js'
import { InterfaceLists } from './interface-lists.js'
import { InterfaceTable } from './interface-table.js'
import { ListGrowth } from './list-growth.js'
import { type AddressSource, addressSources, type LocalAddress, localAddresses } from './local-addresses.js'
import { type Route, routesOf, unseenRoute } from './route-table.js'
import type { RuleContext } from './rule-match.js'
import type { WorldFacts } from './world-facts.js'

/** Everything of a device that a management path depends on, for one address family. */
export interface DeviceModel {
  readonly view: DeviceView
  readonly family: 4 | 6
  readonly interfaces: InterfaceTable
  readonly addresses: readonly LocalAddress[]
  readonly addressSources: readonly AddressSource[]
  readonly routes: readonly Route[]
  readonly rules: RuleContext
  readonly world: WorldFacts
  /** False with `/ip firewall connection tracking enabled=no`. */
  readonly tracksConnections: boolean
  /** True for a part of a configuration that states no addresses at all. */
  readonly lacksAddresses: boolean
  /** VRF of an interface; `main` for all that are in none. */
  readonly vrfOf: (interfaceName: string) => string
}

/** What a document is to be read beside. */
export interface ModelContext {
  /** The document in which the path is expected to work; the same one when a document is judged alone. */
  readonly reference?: DeviceView
  /** What the reference calls interfaces that this document calls otherwise, by their name here. */
  readonly formerNames?: ReadonlyMap<string, string>
}

/** Builds the model in the space of variables that `world` carries. */
export function buildDeviceModel(
  view: DeviceView,
  family: 4 | 6,
  world: WorldFacts,
  context: ModelContext = {},
): DeviceModel {
  const { space } = world
  const { reference = view } = context
  const lacks = (menu: MenuPath): boolean =>
    !reference.isWhole && [reference, view].every((each) => each.items(menu).length === 0)
  const interfaces = new InterfaceTable(view, context.formerNames)
  const vrfs = new Map<string, string>()
  for (const item of [...view.items('/ip vrf'), ...view.items('/ip route vrf')]) {
    if (!isEnabled(item)) continue
    const name = item.name ?? propertyOf(item, 'routing-mark')
    for (const each of listOf(propertyOf(item, 'interfaces'))) if (!vrfs.has(each)) vrfs.set(each, name)
  }
  const vrfOf = (name: string): string => vrfs.get(name) ?? 'main'
  const addresses = localAddresses(view, family, interfaces, space)
  const root = family === 4 ? '/ip' : '/ipv6'
  const tracking = propertyOf(view.one('/ip firewall connection tracking'), 'enabled', 'auto')
  const rules: RuleContext = {
    view,
    space,
    interfaces,
    interfaceLists: new InterfaceLists(view, interfaces, space, lacks('/interface list member')),
    addressLists: new AddressLists(view, family, space, lacks(`${root} firewall address-list`)),
    growth: new ListGrowth(space),
    usesIpsec: usesIpsec(view),
    usesHotspot: view.items('/ip hotspot').some(isEnabled),
    seesBridgePorts: propertyOf(view.one('/interface bridge settings'), 'use-ip-firewall', 'no') === 'yes',
  }
  return {
    view,
    family,
    interfaces,
    addresses,
    addressSources: addressSources(view, family, interfaces),
    routes: [
      ...routesOf(view, family, interfaces, addresses, vrfOf, world),
      ...(lacks(`${root} route`) ? [unseenRoute(family)] : []),
    ],
    lacksAddresses: lacks(`${root} address`),
    rules,
    world,
    tracksConnections: tracking !== 'no',
    vrfOf,
  }
}

function usesIpsec(view: DeviceView): boolean {
  const stated = ['/ip ipsec peer', '/ip ipsec identity', '/ip ipsec policy']
    .flatMap((menu) => view.items(menu))
    .some(
      (item) =>
        isEnabled(item) && item.state.origin === 'added' && propertyOf(item, 'template', 'no') === 'no',
    )
  const dialled = [
    '/interface l2tp-client',
    '/interface l2tp-server server',
    '/interface gre',
    '/interface eoip',
    '/interface ipip',
  ]
    .flatMap((menu) => view.items(menu))
    .some((item) => propertyOf(item, 'use-ipsec', 'no') !== 'no' || propertyOf(item, 'ipsec-secret') !== '')
  return stated || dialled
}
