import type { AdmissionQuery } from './admission.js'
import { ALWAYS, type Condition, type ConditionSpace, NEVER } from './condition-space.js'
import type { DeviceModel } from './device-model.js'
import { isEnabled, propertyOf } from './device-view.js'
import { passTable } from './firewall-pass.js'
import { formatIpAddress, type IpRange, parseIpRange, rangeContains } from './ip-range.js'
import { MarkState } from './mark-state.js'
import type { Alternative, Packet } from './packet.js'
import type { Arrivals } from './packet-factory.js'
import type { PacketSpace } from './packet-space.js'
import type { TraceLog } from './trace-log.js'

/** When the device and a manager on a connected network find each other's hardware address (`arp=`). */
export function resolvesAddresses(
  model: DeviceModel,
  packets: PacketSpace,
  arrivals: readonly Alternative<string>[],
  reach: Condition,
  log: TraceLog,
): Condition {
  const { space } = model.world
  if (model.family === 6) return reach
  let result = reach
  for (const { value: name, when } of arrivals) {
    const item = model.interfaces.get(name)?.item
    const mode = propertyOf(item, 'arp', 'enabled')
    if (mode !== 'reply-only' && mode !== 'disabled') continue
    const onNetwork = space.any(
      model.addresses
        .filter((each) => each.interfaceName === name)
        .map((each) => packets.sourceIn(each.network)),
    )
    const entries = model.view
      .items('/ip arp')
      .filter((each) => isEnabled(each) && propertyOf(each, 'interface') === name)
    const listed = space.any(
      entries.map((each) => {
        const range = parseIpRange(propertyOf(each, 'address'))
        return range === undefined ? NEVER : packets.sourceIn(range)
      }),
    )
    const isLeased = model.view
      .items('/ip dhcp-server')
      .some(
        (each) =>
          isEnabled(each) &&
          propertyOf(each, 'interface') === name &&
          propertyOf(each, 'add-arp', 'no') === 'yes',
      )
    const known = isLeased
      ? space.or(
          listed,
          space.variable(`a DHCP lease put the manager in the ARP table of ${model.interfaces.keyOf(name)}`),
        )
      : listed
    const lost = space.and(result, space.and(when, space.without(onNetwork, known)))
    log.add(lost, 'arrival', 'refuses', `${name} has arp=${mode} and no entry for the manager`, item)
    result = space.without(result, lost)
  }
  return result
}

const solicitation = 135

/** Links on which neighbors are found by solicitations; the ends of a tunnel need none. */
const resolvingKinds =
  /^(ethernet|bridge|vlan|bonding|wireless|wifi|wifiwave2|w60g|vrrp|macvlan|macsec|eoip|vxlan|veth)$/

/** When neighbor solicitations of a manager on a connected IPv6 network, or of the next router, pass the firewall. */
export function neighborSolicitationsPass(
  query: AdmissionQuery,
  arrivals: Arrivals,
  reach: Condition,
  log: TraceLog,
): Condition {
  const { model, packets, read } = query
  const { space } = model.world
  const resolving = arrivals.interfaces.filter((each) => {
    const found = model.interfaces.get(each.value)
    return found === undefined || resolvingKinds.test(found.kind)
  })
  const asked = space.any(resolving.map((each) => each.when))
  const onNetwork = space.any(
    resolving.map((arrival) =>
      space.and(
        arrival.when,
        space.any(
          model.addresses
            .filter((each) => each.interfaceName === arrival.value)
            .map((each) => packets.sourceIn(each.network)),
        ),
      ),
    ),
  )
  const asking = space.and(reach, asked)
  if (asking === NEVER) return reach
  // Who asks is the manager on a connected network, else a router of which the text holds no address.
  const sourceIn = (range: IpRange): Condition =>
    space.choose(onNetwork, packets.sourceIn(range), nextRouterIn(range, space))
  const group = (0xff02n << 112n) | 0x1ff000000n | (read.destination.first & 0xffffffn)
  const target = { family: 6 as const, first: group, last: group }
  const isUntracked = space.variable('neighbor solicitations count as untracked')
  const marks = {
    connection: new MarkState(space),
    packet: new MarkState(space),
    routing: new MarkState(space),
  }
  const packet: Packet = {
    family: 6,
    protocol: 58,
    sourceIn,
    destinationIn: (range) => (rangeContains(range, target) ? ALWAYS : NEVER),
    sourcePortIn: () => NEVER,
    destinationPortIn: () => NEVER,
    inInterface: resolving,
    outInterface: [],
    inBridgePort: arrivals.bridgePorts,
    isSourceLocal: NEVER,
    isDestinationLocal: NEVER,
    isDestinationMulticast: true,
    stateIs: (state) =>
      state === 'untracked' ? isUntracked : state === 'new' ? space.not(isUntracked) : NEVER,
    isTracked: model.tracksConnections,
    isDstNatted: NEVER,
    tcpFlags: new Map(),
    icmpType: solicitation,
    marks,
    moment: 'neighbor solicitation',
  }
  const stage = 'neighbor discovery'
  const raw = passTable('/ipv6 firewall raw', 'prerouting', packet, asking, stage, model.rules, log).passed
  const passed = passTable('/ipv6 firewall filter', 'input', packet, raw, stage, model.rules, log).passed
  return space.or(space.without(reach, asked), space.and(reach, passed))
}

function nextRouterIn(range: IpRange, space: ConditionSpace): Condition {
  const isEverything = range.first === 0n && range.last === (1n << 128n) - 1n
  if (isEverything) return ALWAYS
  const text = `${formatIpAddress(6, range.first)}-${formatIpAddress(6, range.last)}`
  return space.variable(`the next router asks from an address in ${text}`)
}
