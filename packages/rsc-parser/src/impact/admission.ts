import { neighborSolicitationsPass, resolvesAddresses } from './address-resolution.js'
import type { Attachment } from './arrival.js'
import { arrive, haveArrived } from './arrive.js'
import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import { type NatOutcome, translateDestination } from './destination-nat.js'
import type { DeviceModel } from './device-model.js'
import { markPackets, passTable } from './firewall-pass.js'
import type { Packet } from './packet.js'
import { type AddressPremise, type Arrivals, PacketFactory, type ReadPath } from './packet-factory.js'
import type { PacketSpace } from './packet-space.js'
import { replyGetsBack } from './reply-path.js'
import { notMarkedAway, toDevice } from './routing-decision.js'
import { serviceAnswers } from './service-check.js'
import { TraceLog } from './trace-log.js'
import { userMayLogIn } from './user-check.js'

/** When a new connection gets in, and everything that had a say. */
export interface Admission {
  readonly admitted: Condition
  readonly log: TraceLog
  /** When the destination is an address of the device, before anything translates it. */
  readonly isDestinationLocal: Condition
  /** When the source is on a network that the device is connected to. */
  readonly isSourceConnected: Condition
  /** Lists that rules put the manager's address in because of this connection. */
  readonly lists: ReadonlySet<string>
  /** Names of the services that the connection can reach, by what the document says. */
  readonly services: ReadonlySet<string>
}

/** The question put to one document. */
export interface AdmissionQuery {
  readonly model: DeviceModel
  readonly read: ReadPath
  readonly attachments: readonly Attachment[]
  readonly packets: PacketSpace
  readonly premise: AddressPremise
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
  const factory = new PacketFactory(model, read, packets, arrivals, query.premise)
  const root = model.family === 4 ? '/ip' : '/ipv6'
  const arrived = resolvesAddresses(
    model,
    packets,
    arrivals.interfaces,
    haveArrived(model, arrivals, log),
    log,
  )

  const own = { when: ALWAYS, destination: read.destination, port: read.port }
  const isDestinationLocal = factory.destinationIsLocal(own)
  const isSourceConnected = space.any(model.addresses.map((each) => packets.sourceIn(each.network)))
  const known = { log, services, isDestinationLocal, isSourceConnected }
  if (read.tunnel?.opens === 'outward') {
    const reach = space.and(arrived, isDestinationLocal)
    const admitted = goesOutAndBack(query, factory, { ...own, when: reach }, arrivals, log)
    return { admitted, lists: model.rules.growth.listsOfManager(), ...known }
  }
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
  if (model.view.otherStatements !== '' && admitted !== NEVER) {
    const harmless = model.world.harmless(model.view.otherStatements)
    log.add(
      space.without(admitted, harmless),
      'not modelled',
      'refuses',
      'the source holds statements that are no configuration',
    )
    admitted = space.and(admitted, harmless)
  }
  return { admitted, lists: model.rules.growth.listsOfManager(), ...known }
}

/** A connection that the device opens: its first packet gets out, and what comes back gets in. */
function goesOutAndBack(
  query: AdmissionQuery,
  factory: PacketFactory,
  outcome: NatOutcome,
  arrivals: Arrivals,
  log: TraceLog,
): Condition {
  const first: Packet = {
    ...factory.make('reply', { untracked: NEVER, outcome }),
    stateIs: (state) => (state === 'new' ? ALWAYS : NEVER),
    tcpFlags: new Map(),
  }
  const sent = replyGetsBack(query.model, first, arrivals, outcome.when, log)
  return laterPacketsPass(query, factory, outcome, NEVER, sent, log)
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
  if (read.tunnel !== undefined) return reach
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
