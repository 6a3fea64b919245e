import type { AdmissionQuery } from './admission.js'
import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import type { NatOutcome } from './destination-nat.js'
import type { DeviceModel } from './device-model.js'
import { type IpRange, rangesOverlap } from './ip-range.js'
import type { Packet } from './packet.js'
import type { PacketFactory } from './packet-factory.js'
import { chooseRoutes } from './return-route.js'
import type { TraceLog } from './trace-log.js'

/** The routing decision: the packet stays on the device, or goes elsewhere. */
export function toDevice(
  query: AdmissionQuery,
  factory: PacketFactory,
  outcome: NatOutcome,
  packet: Packet,
  log: TraceLog,
): Condition {
  const { space } = query.model.world
  const isLocal = factory.destinationIsLocal(outcome)
  const lost = space.without(outcome.when, isLocal)
  log.add(lost, 'address', 'refuses', whyNotLocal(query, outcome), outcome.rule)
  const reach = space.and(outcome.when, isLocal)
  log.add(
    reach,
    'address',
    'passes',
    `${query.read.path.destination} is an address of the device`,
    addressItem(query),
  )
  return notMarkedAway(query, outcome, packet, reach, log)
}

/** From 7 on a routing mark wins over the device's own addresses, if its table has a route for the address. */
export function notMarkedAway(
  query: AdmissionQuery,
  outcome: NatOutcome,
  packet: Packet,
  reach: Condition,
  log: TraceLog,
): Condition {
  const { world, view, routes } = query.model
  if (view.major < 7) return reach
  let staying = reach
  const towards = (range: IpRange): Condition =>
    outcome.destination !== 'own' && rangesOverlap(range, outcome.destination) ? ALWAYS : NEVER
  for (const mark of packet.marks.routing.names()) {
    const marked = world.space.and(staying, packet.marks.routing.is(mark))
    const table = routes.filter((route) => route.table === mark)
    if (marked === NEVER || table.length === 0) continue
    const from = (range: IpRange): Condition => query.packets.sourceIn(range)
    const lookup = { towards, from, marks: packet.marks.packet, table: mark }
    for (const choice of chooseRoutes(lookup, marked, withoutRules(view), table, world)) {
      if (choice.route === undefined) continue
      staying = world.space.without(staying, choice.when)
      log.add(
        choice.when,
        'mangle',
        'refuses',
        `routing mark ${mark} sends it by ${choice.route.via}`,
        choice.route.item,
      )
    }
  }
  return staying
}

function withoutRules(view: DeviceModel['view']): DeviceModel['view'] {
  return { ...view, menus: [], items: (menu) => (menu.endsWith(' rule') ? [] : view.items(menu)) }
}

function addressItem(query: AdmissionQuery) {
  return query.model.addresses.find((each) => each.address === query.read.destination.first)?.item
}

function whyNotLocal(query: AdmissionQuery, outcome: NatOutcome): string {
  const { destination } = query.read.path
  if (outcome.destination === 'own')
    return 'redirect finds no address on the interface the packets come in by'
  if (outcome.rule !== undefined) return 'dst-nat sends the connection to another host'
  const stated = query.model.addresses.find((each) => each.address === query.read.destination.first)
  if (stated === undefined) return `no interface is known to carry ${destination}`
  return stated.inactiveBecause === undefined
    ? `${destination} is not in force for packets that come in here`
    : `${destination} is not in force: ${stated.inactiveBecause}`
}
