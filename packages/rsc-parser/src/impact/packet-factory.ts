import { ALWAYS, type Condition, NEVER } from './condition-space.js'
import type { NatOutcome } from './destination-nat.js'
import type { DeviceModel } from './device-model.js'
import { type IpPrefix, type IpRange, rangeContains, rangesOverlap } from './ip-range.js'
import type { ManagementPath } from './management-path.js'
import { MarkState } from './mark-state.js'
import type { Alternative, ConnectionState, Packet } from './packet.js'
import type { PacketSpace } from './packet-space.js'

/** A path with its texts read. */
export interface ReadPath {
  readonly path: ManagementPath
  readonly prefix: IpPrefix
  readonly source: IpRange
  readonly destination: IpRange
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
  /** For the packets that a tunnel consists of: no service answers them, and either side may begin. */
  readonly tunnel?: { readonly protocol: number; readonly opens: 'inward' | 'outward' }
}

/** What the document in which the path is expected to work says of the destination address. */
export interface AddressPremise {
  /** Where the address can not come from, because that document states it: names of `AddressSource`. */
  readonly ruledOut: ReadonlySet<string>
  /** The address is the device's though nothing in the text says so. */
  readonly mayBeUnstated: boolean
}

/** Where the packets of the path come in: interfaces and, below them, bridge ports. */
export interface Arrivals {
  readonly interfaces: readonly Alternative<string>[]
  readonly bridgePorts: readonly Alternative<string>[]
}

/** What has happened to the connection so far. */
export interface ConnectionProgress {
  readonly untracked: Condition
  /** Destination after dst-nat; the path's own before it. */
  readonly outcome?: NatOutcome
}

const flagsOf = {
  'first packet': { syn: true, ack: false, fin: false, rst: false, psh: false, urg: false },
  reply: { ack: true, rst: false, urg: false },
  'later packets': { syn: false, ack: true, rst: false, urg: false },
} as const

/** Makes the packets of one connection as rules see them. Connection marks last, the other marks do not. */
export class PacketFactory {
  readonly #model: DeviceModel
  readonly #read: ReadPath
  readonly #packets: PacketSpace
  readonly #arrivals: Arrivals
  readonly #premise: AddressPremise
  readonly #connectionMarks: MarkState

  constructor(
    model: DeviceModel,
    read: ReadPath,
    packets: PacketSpace,
    arrivals: Arrivals,
    premise: AddressPremise,
  ) {
    this.#premise = premise
    this.#model = model
    this.#read = read
    this.#packets = packets
    this.#arrivals = arrivals
    this.#connectionMarks = new MarkState(model.world.space)
  }

  /** When the manager's address is in a range. */
  readonly managerIn = (range: IpRange): Condition => this.#packets.sourceIn(range)

  make(moment: 'first packet' | 'reply' | 'later packets', progress: ConnectionProgress): Packet {
    const { space } = this.#model.world
    const { outcome, untracked } = progress
    const port = outcome?.port ?? this.#read.port
    const destination = outcome?.destination ?? this.#read.destination
    const state: ConnectionState = moment === 'first packet' ? 'new' : 'established'
    const isLocal =
      outcome === undefined ? this.destinationIsLocal({ destination, when: ALWAYS, port }) : ALWAYS
    const deviceIn = (range: IpRange): Condition =>
      destination === 'own'
        ? this.#ownAddressIs((own) => rangeContains(range, own))
        : inDestination(range, destination, this.#model)
    const managerPort = (low: number, high: number): Condition => this.#packets.sourcePortIn(low, high)
    const devicePort = (low: number, high: number): Condition =>
      low <= port && port <= high ? ALWAYS : NEVER
    const isReply = moment === 'reply'
    return {
      family: this.#model.family,
      protocol: this.#read.tunnel?.protocol ?? (this.#read.protocol === 'tcp' ? 6 : 17),
      sourceIn: isReply ? deviceIn : this.managerIn,
      destinationIn: isReply ? this.managerIn : deviceIn,
      sourcePortIn: isReply ? devicePort : managerPort,
      destinationPortIn: isReply ? managerPort : devicePort,
      inInterface: isReply ? [] : this.#arrivals.interfaces,
      outInterface: [],
      inBridgePort: isReply ? [] : this.#arrivals.bridgePorts,
      isSourceLocal: isReply ? isLocal : NEVER,
      isDestinationLocal: isReply ? NEVER : isLocal,
      isDestinationMulticast: false,
      stateIs: (asked) =>
        asked === state ? space.not(untracked) : asked === 'untracked' ? untracked : NEVER,
      isTracked: this.#model.tracksConnections,
      isDstNatted: outcome?.rule === undefined ? NEVER : ALWAYS,
      tcpFlags: new Map(Object.entries(flagsOf[moment])),
      marks: {
        connection: this.#connectionMarks,
        packet: new MarkState(space),
        routing: new MarkState(space),
      },
      moment,
    }
  }

  /** When the destination is an address of the device, in the VRF that the packet is in. */
  destinationIsLocal(outcome: NatOutcome): Condition {
    const { world, addresses, addressSources } = this.#model
    const { space } = world
    const { destination } = outcome
    if (destination === 'own') return this.#ownAddressIs(() => true)
    let result = NEVER
    for (const each of addresses) {
      if (each.active === NEVER || each.family !== destination.family) continue
      if (each.address < destination.first || each.address > destination.last) continue
      const isPicked =
        destination.first === destination.last
          ? ALWAYS
          : space.variable(`dst-nat picks the address of ${each.interfaceName}`)
      result = space.or(
        result,
        space.all([each.active, this.arrivesInVrf(this.#model.vrfOf(each.interfaceName)), isPicked]),
      )
    }
    const isStated = addresses.some((each) => each.address === destination.first)
    if (result !== NEVER || outcome.rule !== undefined || isStated) return result
    const { ruledOut, mayBeUnstated } = this.#premise
    const sources = addressSources.filter((each) => !ruledOut.has(each.text)).map((each) => each.text)
    if (mayBeUnstated) sources.push('something that the text does not show')
    return space.any(sources.map((text) => space.variable(`the destination address comes from ${text}`)))
  }

  /** `redirect` sends packets to the first address of the interface they came in by; without one they are dropped. */
  #ownAddressIs(fits: (address: IpRange) => boolean): Condition {
    const { space } = this.#model.world
    let result = NEVER
    for (const arrival of this.#arrivals.interfaces) {
      const own = this.#model.addresses.find(
        (each) => each.interfaceName === arrival.value && each.active !== NEVER,
      )
      if (own === undefined || !fits({ family: own.family, first: own.address, last: own.address })) continue
      result = space.or(result, space.and(arrival.when, own.active))
    }
    return result
  }

  /** When the packets come in by an interface of a VRF. */
  arrivesInVrf(vrf: string): Condition {
    const inside = this.#arrivals.interfaces.filter((each) => this.#model.vrfOf(each.value) === vrf)
    return this.#model.world.space.any(inside.map((each) => each.when))
  }
}

/** When the device's address of the connection is in a range; dst-nat may have several to pick from. */
function inDestination(range: IpRange, destination: IpRange, model: DeviceModel): Condition {
  if (rangeContains(range, destination)) return ALWAYS
  return rangesOverlap(range, destination)
    ? model.world.space.variable('dst-nat picks an address in the range')
    : NEVER
}
