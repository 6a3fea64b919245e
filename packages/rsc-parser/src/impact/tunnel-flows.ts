import { type DeviceView, isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'
import type { DeviceInterface, InterfaceTable } from './interface-table.js'
import { parseIpPrefix, parseIpRange, rangesOverlap } from './ip-range.js'
import type { PathUse } from './path-use.js'

/** Packets of a kind that a tunnel consists of, seen from outside. */
export interface TunnelFlow {
  /** Interface of the tunnel; servers are named by their kind. */
  readonly name: string
  /** Address of the other end, or a prefix it is in. */
  readonly remote: string
  /** Address of this device, where it is stated. */
  readonly local?: string
  /** IANA number. */
  readonly protocol: number
  /** Port of this device; 0 where there is none or it varies. */
  readonly port: number
  /** Who sends the first packet. */
  readonly opens: 'inward' | 'outward'
}

const anywhere = '0.0.0.0/0'
const udp = 17
const tcp = 6
const esp = 50
/** Tunnels without connections: either end may begin. */
const statelessProtocols: Readonly<Record<string, number>> = { gre: 47, eoip: 47, ipip: 4, '6to4': 41 }
const clientProtocols: Readonly<Record<string, number>> = {
  'l2tp-client': udp,
  'pptp-client': tcp,
  'sstp-client': tcp,
  'ovpn-client': tcp,
}
const servers = [
  { kind: 'l2tp', protocol: udp, port: 1701 },
  { kind: 'pptp', protocol: tcp, port: 1723 },
  { kind: 'sstp', protocol: tcp, port: 443 },
  { kind: 'ovpn', protocol: tcp, port: 1194 },
]

/** The packets that must pass outside for the tunnels on a path to work. */
export function tunnelFlows(
  view: DeviceView,
  interfaces: InterfaceTable,
  use: PathUse,
): readonly TunnelFlow[] {
  const flows: TunnelFlow[] = []
  for (const each of interfaces.all()) {
    if (use.interfaces.has(each.name)) flows.push(...flowsOf(each, view, use))
  }
  if (use.mayBeDialledIn) {
    for (const { kind, protocol, port } of servers) {
      const server = view.one(`/interface ${kind}-server server`)
      if (propertyOf(server, 'enabled', 'no') !== 'yes') continue
      const stated = Number(propertyOf(server, 'port', String(port)))
      flows.push(inward({ name: `the ${kind} server`, remote: anywhere, protocol, port: stated }))
      if (propertyOf(server, 'use-ipsec', 'no') !== 'no')
        flows.push(...ipsecFlows(`the ${kind} server`, anywhere))
    }
  }
  return flows
}

function flowsOf(
  { name, kind, item }: DeviceInterface,
  view: DeviceView,
  use: PathUse,
): readonly TunnelFlow[] {
  if (kind === 'wireguard') return wireguardFlows(name, item, view, use)
  const client = clientProtocols[kind]
  if (client !== undefined) {
    const remote = remoteOf(propertyOf(item, 'connect-to'))
    const protocol = propertyOf(item, 'protocol') === 'udp' ? udp : client
    return [{ name, remote, protocol, port: 0, opens: 'outward' }]
  }
  const stateless = statelessProtocols[kind]
  if (stateless !== undefined) {
    const remote = remoteOf(propertyOf(item, 'remote-address'))
    const local = parseIpPrefix(propertyOf(item, 'local-address')) && propertyOf(item, 'local-address')
    const flow = { name, remote, protocol: stateless, port: 0, ...(local === undefined ? {} : { local }) }
    const isSealed = propertyOf(item, 'ipsec-secret') !== ''
    return [inward(flow), { ...flow, opens: 'outward' }, ...(isSealed ? ipsecFlows(name, remote) : [])]
  }
  if (kind === 'vxlan' || kind === 'zerotier') {
    const port = Number(propertyOf(item, 'port', kind === 'vxlan' ? '8472' : '9993'))
    return [{ name, remote: anywhere, protocol: udp, port, opens: 'outward' }]
  }
  return []
}

function wireguardFlows(
  name: string,
  item: ViewItem | undefined,
  view: DeviceView,
  use: PathUse,
): readonly TunnelFlow[] {
  const port = Number(propertyOf(item, 'listen-port', '13231'))
  return view
    .items('/interface wireguard peers')
    .filter((peer) => isEnabled(peer) && propertyOf(peer, 'interface') === name && mayCarry(peer, use))
    .flatMap((peer) => {
      const endpoint = propertyOf(peer, 'endpoint-address')
      const flow = { name, remote: remoteOf(endpoint), protocol: udp, port }
      return endpoint === '' ? [inward(flow)] : [inward(flow), { ...flow, opens: 'outward' as const }]
    })
}

function ipsecFlows(name: string, remote: string): readonly TunnelFlow[] {
  return [
    inward({ name, remote, protocol: udp, port: 500 }),
    inward({ name, remote, protocol: udp, port: 4500 }),
    inward({ name, remote, protocol: esp, port: 0 }),
  ]
}

function inward(flow: Omit<TunnelFlow, 'opens'>): TunnelFlow {
  return { ...flow, opens: 'inward' }
}

/** A name stands for any address. */
function remoteOf(text: string): string {
  return parseIpPrefix(text) === undefined || text === '0.0.0.0' ? anywhere : text
}

/** True for a WireGuard peer that packets from the manager, or some of them, may belong to. */
export function mayCarry(peer: ViewItem, { source }: PathUse): boolean {
  return listOf(propertyOf(peer, 'allowed-address')).some((text) => {
    const range = parseIpRange(text)
    return range === undefined || rangesOverlap(range, source)
  })
}
