import type { Condition } from './condition-space.js'
import type { IpRange } from './ip-range.js'
import type { MarkState } from './mark-state.js'

/** One possible value of something that is not the same for all packets of the path. */
export interface Alternative<T> {
  readonly value: T
  /** When it is this one. Alternatives of one thing exclude each other. */
  readonly when: Condition
}

/** Stands where an interface has a name that nothing tells. */
export const unknownInterface = '?'

/** State of the packet's connection, by the names that `connection-state` takes. */
export type ConnectionState = 'new' | 'established' | 'related' | 'invalid' | 'untracked'

/** A packet as rules see it: known where the path says so, a condition where it does not. */
export interface Packet {
  readonly family: 4 | 6
  /** IANA number. */
  readonly protocol: number
  readonly sourceIn: (range: IpRange) => Condition
  readonly destinationIn: (range: IpRange) => Condition
  readonly sourcePortIn: (first: number, last: number) => Condition
  readonly destinationPortIn: (first: number, last: number) => Condition
  /** Interface the packet came in by; none for packets the device sends. */
  readonly inInterface: readonly Alternative<string>[]
  /** Interface the packet leaves by; none for packets to the device. */
  readonly outInterface: readonly Alternative<string>[]
  /** Bridge port the packet came in by, where rules can see it. */
  readonly inBridgePort: readonly Alternative<string>[]
  readonly isSourceLocal: Condition
  readonly isDestinationLocal: Condition
  readonly isDestinationMulticast: boolean
  /** When the packet is in a connection state; nothing holds with tracking switched off. */
  readonly stateIs: (state: ConnectionState) => Condition
  /** False when connection tracking is off, so that state matchers never match. */
  readonly isTracked: boolean
  readonly isDstNatted: Condition
  /** TCP flags that are certain; absent ones cannot be told. */
  readonly tcpFlags: ReadonlyMap<string, boolean>
  /** ICMP type, for ICMP packets. */
  readonly icmpType?: number
  readonly marks: PacketMarks
  /** Which of the packets of the connection this is, for the names of what cannot be told. */
  readonly moment: 'first packet' | 'reply' | 'later packets' | 'neighbor solicitation'
}

/** The three marks that mangle sets and rules match. */
export interface PacketMarks {
  readonly connection: MarkState
  readonly packet: MarkState
  readonly routing: MarkState
}
