import { AddressLists } from './address-lists.js'
import { type DeviceView, isEnabled, listOf, propertyOf } from './device-view.js'
import { InterfaceLists } from './interface-lists.js'
import { InterfaceTable } from './interface-table.js'
import { ListGrowth } from './list-growth.js'
import { type AddressSource, addressSources, type LocalAddress, localAddresses } from './local-addresses.js'
import { type Route, routesOf } from './route-table.js'
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
  /** VRF of an interface; `main` for all that are in none. */
  readonly vrfOf: (interfaceName: string) => string
}

/** Builds the model in the space of variables that `world` carries. */
export function buildDeviceModel(view: DeviceView, family: 4 | 6, world: WorldFacts): DeviceModel {
  const { space } = world
  const interfaces = new InterfaceTable(view)
  const vrfs = new Map<string, string>()
  for (const item of [...view.items('/ip vrf'), ...view.items('/ip route vrf')]) {
    if (!isEnabled(item)) continue
    const name = item.name ?? propertyOf(item, 'routing-mark')
    for (const each of listOf(propertyOf(item, 'interfaces'))) if (!vrfs.has(each)) vrfs.set(each, name)
  }
  const vrfOf = (name: string): string => vrfs.get(name) ?? 'main'
  const addresses = localAddresses(view, family, interfaces, space)
  const tracking = propertyOf(view.one('/ip firewall connection tracking'), 'enabled', 'auto')
  const rules: RuleContext = {
    view,
    space,
    interfaces,
    interfaceLists: new InterfaceLists(view, interfaces, space),
    addressLists: new AddressLists(view, family, space),
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
    routes: routesOf(view, family, interfaces, addresses, vrfOf, world),
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
