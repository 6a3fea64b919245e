import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import type { DeviceModel } from './device-model.js'
import { propertyOf } from './device-view.js'
import { markPackets, passTable } from './firewall-pass.js'
import { type Alternative, type Packet, unknownInterface } from './packet.js'
import type { Arrivals } from './packet-factory.js'
import { chooseRoutes, type RouteChoice, type RouteQuery } from './return-route.js'
import type { Route } from './route-table.js'
import type { TraceLog } from './trace-log.js'

/** When the device's answer finds its way back to the manager. */
export function replyGetsBack(
  model: DeviceModel,
  reply: Packet,
  arrivals: Arrivals,
  reach: Condition,
  log: TraceLog,
): Condition {
  const { world } = model
  const { space } = world
  const root = model.family === 4 ? '/ip' : '/ipv6'
  // The routing decision comes first; marks that chain output of mangle sets make the device decide once more.
  const before = waysBack(model, reply, arrivals, reach)
  const leaving = {
    ...reply,
    outInterface: before.map((way) => ({ value: interfaceOf(way), when: way.when })),
  }
  const raw = passTable(
    `${root} firewall raw`,
    'output',
    leaving,
    reach,
    'filter output',
    model.rules,
    log,
  ).passed
  markPackets(`${root} firewall mangle`, 'output', leaving, raw, model.rules, log)
  const ways = waysBack(model, reply, arrivals, raw)
  let onTheWay = NEVER
  const outInterface: Alternative<string>[] = []
  for (const way of ways) {
    const good = wayLeadsToManager(model, way, arrivals, log)
    onTheWay = space.or(onTheWay, good)
    outInterface.push({ value: interfaceOf(way), when: good })
  }
  onTheWay = space.and(onTheWay, passesReverseFilter(model, ways, arrivals, onTheWay, log))
  return passTable(
    `${root} firewall filter`,
    'output',
    { ...reply, outInterface },
    onTheWay,
    'filter output',
    model.rules,
    log,
  ).passed
}

function interfaceOf(way: RouteChoice): string {
  return way.route?.interfaceName ?? unknownInterface
}

/** The routes that the answer may take, per VRF the request came in by. */
function waysBack(
  model: DeviceModel,
  reply: Packet,
  arrivals: Arrivals,
  reach: Condition,
): readonly RouteChoice[] {
  const { world, view, routes } = model
  const { space } = world
  const choices: RouteChoice[] = []
  for (const vrf of new Set(arrivals.interfaces.map((each) => model.vrfOf(each.value)))) {
    const inside = space.any(
      arrivals.interfaces.filter((each) => model.vrfOf(each.value) === vrf).map((each) => each.when),
    )
    const query: RouteQuery = {
      towards: reply.destinationIn,
      from: reply.sourceIn,
      marks: reply.marks.routing,
      table: vrf,
    }
    choices.push(...chooseRoutes(query, space.and(reach, inside), view, routes, world))
  }
  return choices
}

function wayLeadsToManager(
  model: DeviceModel,
  way: RouteChoice,
  arrivals: Arrivals,
  log: TraceLog,
): Condition {
  const { world } = model
  const { space } = world
  const { route, when } = way
  if (route === undefined) {
    log.add(when, 'return route', 'refuses', `no way back: ${way.because ?? 'there is no route'}`, way.item)
    return NEVER
  }
  if (route.kind === 'discard') {
    log.add(when, 'return route', 'refuses', 'the way back is a route that discards', route.item)
    return NEVER
  }
  if (route.kind === 'connected') {
    const same = arrivesBy(route.interfaceName, arrivals, model)
    const good = space.and(when, same)
    log.add(good, 'return route', 'passes', `the manager is on ${route.via}`, route.item)
    const text = `the answer goes to ${route.via}, packets come in elsewhere`
    log.add(space.without(when, same), 'return route', 'refuses', text, route.item)
    return good
  }
  const leads = leadsToManager(route, arrivals, model)
  const good = space.and(when, leads)
  log.add(good, 'return route', 'passes', `the answer goes by ${route.via}`, route.item)
  log.add(
    space.without(when, leads),
    'return route',
    'refuses',
    `${route.via} may not lead to the manager`,
    route.item,
  )
  return good
}

/** When packets come in by an interface; VRRP shares the wires of the one below. */
function arrivesBy(
  name: string | undefined,
  arrivals: Arrivals,
  { interfaces, world }: DeviceModel,
): Condition {
  const found = interfaces.get(name ?? '')
  const below = found?.kind === 'vrrp' ? interfaces.lowerOf(found.name) : undefined
  const onIt = arrivals.interfaces.filter((each) => each.value === name || each.value === below)
  return world.space.any(onIt.map((each) => each.when))
}

/**
 * Whether a gateway leads to the manager is a fact of the world. Seen from the wire that packets come in by, it is the
 * same fact whatever interface the device has there.
 */
function leadsToManager(route: Route, arrivals: Arrivals, model: DeviceModel): Condition {
  const { world } = model
  const { space } = world
  const elsewhere = `${route.via} leads to the manager`
  if (route.hop === undefined) return world.fact(elsewhere)
  const isSameWire = arrivesBy(route.interfaceName, arrivals, model)
  if (isSameWire === NEVER) return world.fact(elsewhere)
  const onWire = world.fact(`${route.hop}, on the wire packets come in by, leads to the manager`)
  return isSameWire === ALWAYS ? onWire : space.choose(isSameWire, onWire, world.fact(elsewhere))
}

/** `rp-filter=strict` wants packets from the interface that leads back to their source. */
function passesReverseFilter(
  model: DeviceModel,
  ways: readonly RouteChoice[],
  arrivals: Arrivals,
  reach: Condition,
  log: TraceLog,
): Condition {
  const { space } = model.world
  const settings = model.view.one('/ip settings')
  if (model.family === 6 || propertyOf(settings, 'rp-filter', 'no') !== 'strict') return reach
  let symmetric = NEVER
  for (const way of ways) {
    const name = way.route?.interfaceName
    const same =
      name === undefined && way.route !== undefined
        ? space.variable(`${way.route.via} is on the interface the packets come in by`)
        : space.any(arrivals.interfaces.filter((each) => each.value === name).map((each) => each.when))
    symmetric = space.or(symmetric, space.and(way.when, same))
  }
  log.add(
    space.without(reach, symmetric),
    'return route',
    'refuses',
    'rp-filter=strict drops it: the way back is by another interface',
    settings,
  )
  return symmetric
}
