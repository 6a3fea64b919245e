import { isInPrefix } from './address.js'
import { inNumberList, type NetworkState, type Row } from './network-state.js'
import { onAddressList, type Packet } from './packet.js'

type Matcher = (value: string, packet: Packet, net: NetworkState) => boolean

const isInterface = (value: string, name: string | undefined, net: NetworkState): boolean => {
  if (name === undefined) return false
  if (value === 'all-ethernet') return net.interface(name)?.menu.path === '/interface ethernet'
  if (value === 'all-vlan') return net.interface(name)?.menu.path === '/interface vlan'
  if (value === 'all-wireless')
    return /^\/interface (?:wireless|wifi)/.test(net.interface(name)?.menu.path ?? '')
  if (value === 'all-ppp') return /-(?:client|server)$/.test(net.interface(name)?.menu.path ?? '')
  return value === name
}

const port =
  (...which: ('source' | 'destination')[]): Matcher =>
  (value, packet) =>
    which.some((side) => {
      const number = side === 'source' ? packet.sourcePort : packet.destinationPort
      return number !== undefined && inNumberList(number, value)
    })

function flagsMatch(value: string, flags: ReadonlySet<string>): boolean {
  return value
    .split(',')
    .every((flag) => (flag.startsWith('!') ? !flags.has(flag.slice(1)) : flags.has(flag)))
}

/**
 * What a matcher says of a packet, without its negation. Matchers that depend on traffic or time (`limit`, `psd`,
 * `content`, …) are below.
 */
const MATCHERS: Readonly<Record<string, Matcher>> = {
  protocol: (value) => value === 'tcp' || value === '6',
  'src-address': (value, packet) => isInPrefix(packet.source, value),
  'dst-address': (value, packet) => packet.destination !== undefined && isInPrefix(packet.destination, value),
  'src-address-list': (value, packet, net) => onAddressList(net, packet.family, value, packet.source),
  'dst-address-list': (value, packet, net) =>
    packet.destination !== undefined && onAddressList(net, packet.family, value, packet.destination),
  'src-port': port('source'),
  'dst-port': port('destination'),
  port: port('source', 'destination'),
  'in-interface': (value, packet, net) => isInterface(value, packet.inInterface, net),
  'out-interface': (value, packet, net) => isInterface(value, packet.outInterface, net),
  'in-interface-list': (value, packet, net) =>
    packet.inInterface !== undefined && net.listMembers(value).has(packet.inInterface),
  'out-interface-list': (value, packet, net) =>
    packet.outInterface !== undefined && net.listMembers(value).has(packet.outInterface),
  'connection-state': (value, packet) =>
    packet.state !== undefined && value.split(',').includes(packet.state),
  'connection-nat-state': (value, packet) =>
    packet.natState !== undefined && value.split(',').includes(packet.natState),
  'dst-address-type': (value) => value.split(',').includes('local') || value.split(',').includes('unicast'),
  'src-address-type': (value) => value.split(',').includes('unicast'),
  'ipsec-policy': (value) => value.endsWith(',none'),
  'tcp-flags': (value, packet) => flagsMatch(value, packet.flags),
  'connection-mark': (value) => value === 'no-mark',
  'packet-mark': (value) => value === 'no-mark',
  'routing-mark': (value) => value === 'no-mark' || value === 'main',
  'connection-type': () => false,
  // A single try is within any rate and above no count.
  limit: () => true,
  'dst-limit': () => true,
  'connection-limit': () => false,
  'connection-bytes': () => false,
  'connection-rate': () => false,
  psd: () => false,
  content: () => false,
  'layer7-protocol': () => false,
  'tls-host': () => false,
  nth: () => false,
  random: () => false,
  time: () => false,
  'src-mac-address': () => false,
  'packet-size': () => false,
  'tcp-mss': () => false,
  ttl: () => false,
  dscp: () => false,
  priority: () => false,
  'ingress-priority': () => false,
  fragment: (value) => value === 'no',
  hotspot: () => false,
  'ipv4-options': () => false,
  'icmp-options': () => false,
  p2p: () => false,
  realm: () => false,
  'per-connection-classifier': () => false,
  'in-bridge-port': () => false,
  'in-bridge-port-list': () => false,
}

/** True when the rule cannot be in force: its interface is a bridge's slave. */
function isInvalid(rule: Row, net: NetworkState): boolean {
  const name = (rule.get('in-interface') ?? '').replace(/^!/, '')
  if (name === '') return false
  return net.rows('/interface bridge port').some((row) => row.get('interface') === name)
}

/** True when all matchers of a rule hold for a packet. A `!` in front of a value turns that matcher round. */
export function ruleMatches(rule: Row, packet: Packet, net: NetworkState): boolean {
  if (isInvalid(rule, net)) return false
  for (const [name, matcher] of Object.entries(MATCHERS)) {
    const value = rule.item.values.get(name)
    if (typeof value !== 'string' || value === '') continue
    const negated = value.startsWith('!') && name !== 'tcp-flags'
    if (matcher(negated ? value.slice(1) : value, packet, net) === negated) return false
  }
  return true
}
