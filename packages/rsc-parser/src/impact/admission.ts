import { neighborSolicitationsPass, resolvesAddresses } from './address-resolution.js'
import type { Attachment } from './arrival.js'
import { arrive, haveArrived } from './arrive.js'
import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import { type NatOutcome, translateDestination } from './destination-nat.js'
import type { DeviceModel } from './device-model.js'
import { markPackets, passTable } from './firewall-pass.js'
import { type IpRange, rangesOverlap } from './ip-range.js'
import type { Packet } from './packet.js'
import { type Arrivals, PacketFactory, type ReadPath } from './packet-factory.js'
import type { PacketSpace } from './packet-space.js'
import { replyGetsBack } from './reply-path.js'
import { chooseRoutes } from './return-route.js'
import { serviceAnswers } from './service-check.js'
import { TraceLog } from './trace-log.js'
import { userMayLogIn } from './user-check.js'

/** When a new connection gets in, and everything that had a say. */
export interface Admission {
  readonly admitted: Condition
  readonly log: TraceLog
  /** Names of the services that the connection can reach, by what the document says. */
  readonly services: ReadonlySet<string>
}

/** The question put to one document. */
export interface AdmissionQuery {
  readonly model: DeviceModel
  readonly read: ReadPath
  readonly attachments: readonly Attachment[]
  readonly packets: PacketSpace
  /** The service the manager means, when that is known. */
  readonly expectedService?: string
}

/** Follows the first packet of a connection, the reply and the packets after it through a device. */
export function admissionOf(query: AdmissionQuery): Admission {
  const { model, read, packets } = query
  const { space } = model.world
  const log = new TraceLog()
  const services = new Set<string>()
  const arrivals = arrive(query, log)
  const factory = new PacketFactory(model, read, packets, arrivals)
  const root = model.family === 4 ? '/ip' : '/ipv6'
  const arrived = resolvesAddresses(
    model,
    packets,
    arrivals.interfaces,
    haveArrived(model, arrivals, log),
    log,
  )

  const raw = passTable(
    `${root} firewall raw`,
    'prerouting',
    factory.make('first packet', { untracked: NEVER }),
    arrived,
    'raw',
    model.rules,
    log,
  )
  const untracked = space.and(raw.untracked, raw.passed)
  const first = factory.make('first packet', { untracked })
  markPackets(`${root} firewall mangle`, 'prerouting', first, raw.passed, model.rules, log)
  let admitted = NEVER
  for (const outcome of translate(query, first, raw.passed, untracked, log)) {
    let reach = toDevice(query, factory, outcome, first, log)
    const input = factory.make('first packet', { untracked, outcome })
    markPackets(`${root} firewall mangle`, 'input', input, reach, model.rules, log)
    reach = passTable(
      `${root} firewall filter`,
      'input',
      input,
      reach,
      'filter input',
      model.rules,
      log,
    ).passed
    reach = serve(query, factory, arrivals, outcome, reach, services, log)
    if (reach === NEVER) continue
    const reply = factory.make('reply', { untracked, outcome })
    reach = replyGetsBack(model, reply, arrivals, reach, log)
    reach = laterPacketsPass(query, factory, outcome, untracked, reach, log)
    if (model.family === 6) reach = neighborSolicitationsPass(query, arrivals, reach, log)
    admitted = space.or(admitted, reach)
  }
  if (model.view.hasOtherStatements && admitted !== NEVER) {
    const harmless = space.variable('the statements that are no configuration leave the way in alone')
    log.add(
      space.without(admitted, harmless),
      'not modelled',
      'refuses',
      'the source holds statements that are no configuration',
    )
    admitted = space.and(admitted, harmless)
  }
  return { admitted, log, services }
}

function translate(
  query: AdmissionQuery,
  packet: Packet,
  entering: Condition,
  untracked: Condition,
  log: TraceLog,
): readonly NatOutcome[] {
  const { model, read } = query
  const { space } = model.world
  const original = { destination: read.destination, port: read.port }
  if (!model.tracksConnections) return [{ when: entering, ...original }]
  const menu = `${model.family === 4 ? '/ip' : '/ipv6'} firewall nat`
  const outcomes = translateDestination(
    menu,
    packet,
    space.without(entering, untracked),
    original,
    model.rules,
    log,
  )
  const left = space.and(entering, untracked)
  return left === NEVER ? outcomes : [...outcomes, { when: left, ...original }]
}

/** The routing decision: the packet stays on the device, or goes elsewhere. */
function toDevice(
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
function notMarkedAway(
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

function serve(
  query: AdmissionQuery,
  factory: PacketFactory,
  arrivals: Arrivals,
  outcome: NatOutcome,
  reach: Condition,
  services: Set<string>,
  log: TraceLog,
): Condition {
  const { model, read, expectedService } = query
  let served = NEVER
  let name = expectedService
  for (const vrf of new Set(arrivals.interfaces.map((each) => model.vrfOf(each.value)))) {
    const entering = model.world.space.and(reach, factory.arrivesInVrf(vrf))
    if (entering === NEVER) continue
    const question = {
      protocol: read.protocol,
      port: outcome.port,
      expected: expectedService,
      sourceIn: factory.managerIn,
      vrf,
    }
    const answer = serviceAnswers(question, entering, model.rules, log)
    served = model.world.space.or(served, answer.when)
    if (answer.service !== undefined) {
      services.add(answer.service)
      name = answer.service
    }
  }
  return userMayLogIn(read.path, name, factory.managerIn, served, model.rules, log)
}

/** The packets behind the first one: connection state `established`, everything else the same. */
function laterPacketsPass(
  query: AdmissionQuery,
  factory: PacketFactory,
  outcome: NatOutcome,
  untracked: Condition,
  reach: Condition,
  log: TraceLog,
): Condition {
  const { model } = query
  const root = model.family === 4 ? '/ip' : '/ipv6'
  const arriving = factory.make('later packets', { untracked })
  let passing = passTable(
    `${root} firewall raw`,
    'prerouting',
    arriving,
    reach,
    'established',
    model.rules,
    log,
  ).passed
  markPackets(`${root} firewall mangle`, 'prerouting', arriving, passing, model.rules, log)
  passing = notMarkedAway(query, outcome, arriving, passing, log)
  const input = factory.make('later packets', { untracked, outcome })
  markPackets(`${root} firewall mangle`, 'input', input, passing, model.rules, log)
  passing = passTable(
    `${root} firewall filter`,
    'input',
    input,
    passing,
    'established',
    model.rules,
    log,
  ).passed
  return passing
}
