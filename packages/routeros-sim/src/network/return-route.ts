import { isInPrefix, parseAddress, parseRange } from './address.js'
import type { NetworkState } from './network-state.js'

/** One local address: the interface it is on. */
export interface LocalAddress {
  readonly address: string
  readonly prefix: string
  readonly interface: string
}

/** The addresses in force: enabled, on an interface that is up and no slave of a bridge. */
export function localAddresses(net: NetworkState, family: 4 | 6): LocalAddress[] {
  const slaves = new Set(net.rows('/interface bridge port').map((row) => row.get('interface') ?? ''))
  return net
    .rows(family === 4 ? '/ip address' : '/ipv6 address')
    .map((row) => {
      const prefix = row.get('address') ?? ''
      return { prefix, address: prefix.split('/')[0] ?? '', interface: row.get('interface') ?? '' }
    })
    .filter((row) => net.isUp(row.interface) && !slaves.has(row.interface))
}

/** Interfaces that get an address, and mostly a default route, from elsewhere. */
export function dynamicUplinks(
  net: NetworkState,
  family: 4 | 6,
): { interface: string; defaultRoute: boolean }[] {
  const clients = net.rows(family === 4 ? '/ip dhcp-client' : '/ipv6 dhcp-client').map((row) => ({
    interface: row.get('interface') ?? '',
    defaultRoute: row.get('add-default-route') !== 'no',
  }))
  const tunnels = [
    'pppoe-client',
    'l2tp-client',
    'sstp-client',
    'ovpn-client',
    'pptp-client',
    'ppp-client',
    'lte',
  ].flatMap((type) =>
    net.rows(`/interface ${type}`).map((row) => ({
      interface: net.nameOf(row),
      defaultRoute: row.get('add-default-route') !== 'no',
    })),
  )
  return [...clients, ...tunnels].filter((uplink) => net.isUp(uplink.interface))
}

/** Where an answer goes. */
export type ReturnRoute =
  | { readonly ok: true; readonly interface: string | undefined; readonly because: string }
  | { readonly ok: false; readonly because: string }

interface Candidate {
  readonly length: number
  readonly distance: number
  readonly route: ReturnRoute
}

/** True when routes may come from a routing protocol, so that none in the configuration proves nothing. */
function hasDynamicRouting(net: NetworkState): boolean {
  return [
    '/routing bgp connection',
    '/routing bgp peer',
    '/routing ospf interface-template',
    '/routing ospf network',
    '/routing rip interface-template',
  ].some((path) => net.rows(path).length > 0)
}

/** The gateway's interface when it can be reached now. */
export function gatewayInterface(
  net: NetworkState,
  gateway: string,
  local: readonly LocalAddress[],
): string | undefined {
  const [address = '', onInterface] = gateway.split('@')[0]?.split('%') ?? []
  if (onInterface !== undefined) return net.isUp(onInterface) ? onInterface : undefined
  if (parseAddress(address) === undefined) return net.isUp(address) ? address : undefined
  return local.find((own) => isInPrefix(address, own.prefix) && own.address !== address)?.interface
}

/** Finds the best route back to an address: longest prefix, then least distance, in table main. */
export function returnRoute(net: NetworkState, family: 4 | 6, target: string): ReturnRoute {
  const local = localAddresses(net, family)
  const candidates: Candidate[] = []
  const bitsOf = (prefix: string): number => Number(prefix.split('/')[1] ?? (family === 4 ? '32' : '128'))
  for (const own of local) {
    if (!isInPrefix(target, own.prefix)) continue
    const because = `connected network ${own.prefix}`
    candidates.push({
      length: bitsOf(own.prefix),
      distance: 0,
      route: { ok: true, interface: own.interface, because },
    })
  }
  for (const row of net.rows(family === 4 ? '/ip route' : '/ipv6 route')) {
    const destination = row.get('dst-address') ?? (family === 4 ? '0.0.0.0/0' : '::/0')
    const table = row.get('routing-table') ?? row.get('routing-mark') ?? 'main'
    if (table !== 'main' || parseRange(destination) === undefined || !isInPrefix(target, destination))
      continue
    const distance = Number(row.get('distance') ?? '1')
    const type = row.get('type') ?? 'unicast'
    const path = family === 4 ? '/ip route' : '/ipv6 route'
    if (row.get('blackhole') === 'yes' || type !== 'unicast') {
      const route: ReturnRoute = { ok: false, because: `${path} ${destination}: blackhole` }
      candidates.push({ length: bitsOf(destination), distance, route })
      continue
    }
    for (const gateway of (row.get('gateway') ?? '').split(',')) {
      const via = gatewayInterface(net, gateway, local)
      if (via === undefined && !dynamicUplinks(net, family).some((uplink) => uplink.defaultRoute)) continue
      const because = `${path} ${destination} via ${gateway}`
      candidates.push({ length: bitsOf(destination), distance, route: { ok: true, interface: via, because } })
    }
  }
  for (const uplink of dynamicUplinks(net, family)) {
    if (!uplink.defaultRoute) continue
    const because = `default route of ${uplink.interface}`
    candidates.push({ length: 0, distance: 1, route: { ok: true, interface: uplink.interface, because } })
  }
  candidates.sort((a, b) => b.length - a.length || a.distance - b.distance)
  const best = candidates[0]?.route
  if (best !== undefined) return best
  if (hasDynamicRouting(net)) return { ok: true, interface: undefined, because: 'dynamic routing' }
  return { ok: false, because: `no route back to ${target}` }
}
