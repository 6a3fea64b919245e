import type { ConnectionFacts, EngineOptions } from '../engine.js'
import type { FaultSpec } from '../faults/fault-spec.js'
import type { FileStoreOptions } from '../files/file-store.js'
import type { SshOptions } from '../ssh/ssh-options.js'
import type { WallClockOptions } from '../time/wall-clock.js'

/** A TCP port of this machine that stands for one way to the router: by which interface, from which address. */
export interface ListenerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: any free port. */
  readonly port?: number
  /** Name for `router.listener(name)`; default `listener1`, `listener2`, … */
  readonly name?: string
  /**
   * The client's address as the router sees it. With `ingressInterface` absent too, only `/ip service` and `/user` are
   * asked and the path (firewall, addresses, VLANs) is not evaluated.
   */
  readonly sourceAddress?: string
  /** Interface by which packets of this listener arrive. */
  readonly ingressInterface?: string
  readonly vlanId?: ConnectionFacts['vlanId']
  /** Address of the router that clients aim at; default one on the ingress interface. */
  readonly destinationAddress?: string
  /** Port of the router that clients aim at; default the port that ssh had when the simulator started. */
  readonly destinationPort?: number
}

/** Everything that makes one simulated router. */
export interface RouterOptions extends EngineOptions {
  readonly listeners?: readonly ListenerOptions[]
  readonly faults?: readonly (FaultSpec | string)[]
  readonly files?: FileStoreOptions
  readonly wallClock?: WallClockOptions
  readonly ssh?: SshOptions
  /** How long nothing answers after a restart, ms; default 60 000. */
  readonly deadTimeMs?: number
  /** What a new connection meets in that time: RST (default), or silence. */
  readonly whileDown?: 'reset' | 'silence'
}
