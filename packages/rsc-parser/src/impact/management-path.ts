import type { MenuPath } from '../document/menu-path.js'

/** How the manager reaches the device: what a new connection looks like when it arrives. */
export interface ManagementPath {
  /** Address of the manager as the device sees it, or a prefix when any of it must get in. */
  readonly source: string
  /** Address of the device that the manager connects to. */
  readonly destination: string
  /** Default `tcp`. */
  readonly protocol?: 'tcp' | 'udp'
  /** Default 22. */
  readonly port?: number
  /** Account used to log in; without it, accounts are not looked at. */
  readonly user?: string
  /** Group of the account, because exports do not hold accounts. */
  readonly userGroup?: string
  /** Interface or port that packets come in by; found from the routes when absent. */
  readonly inInterface?: string
}

/** Where in the packet's way something was decided. */
export type PathStage =
  | 'arrival'
  | 'bridge'
  | 'address'
  | 'raw'
  | 'mangle'
  | 'dst-nat'
  | 'filter input'
  | 'service'
  | 'user'
  | 'return route'
  | 'filter output'
  | 'established'
  | 'neighbor discovery'
  | 'world'
  | 'not modelled'

/** One thing that had a say, in the order of the packet's way. */
export interface TraceStep {
  readonly stage: PathStage
  readonly effect: 'passes' | 'accepts' | 'refuses' | 'continues' | 'assumed'
  /** A sentence for people; holds no secret. */
  readonly text: string
  readonly menu?: MenuPath
  /** 1-based line in the document, when it comes from one. */
  readonly line?: number
  /** Facts this step depends on that the export does not tell. */
  readonly unknowns: readonly string[]
}

/** One concrete packet. */
export interface ManagementPacket {
  readonly sourceAddress: string
  readonly sourcePort: number
  readonly destinationAddress: string
  readonly destinationPort: number
  readonly protocol: 'tcp' | 'udp'
  /** Port and VLAN tag the packet comes in by. */
  readonly arrivesBy: string
  /** Facts beyond the packet that must hold, or must not, for the packet to fare so. */
  readonly given: readonly string[]
}

/** Whether a new connection gets in. */
export interface PathVerdict {
  readonly verdict: 'kept' | 'lost' | 'cannot tell'
  /** What decided, for the counterexample if there is one, else for a packet that gets in. */
  readonly trace: readonly TraceStep[]
  /** A packet that is refused; absent for `kept`. */
  readonly counterexample?: ManagementPacket
  /** The facts that would have to be known; empty unless the verdict is `cannot tell`. */
  readonly unknowns: readonly string[]
  /** What was taken for granted about the world outside the device. */
  readonly assumptions: readonly string[]
}
