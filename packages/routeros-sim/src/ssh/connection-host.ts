import type { RouterEngine, SessionContext } from '../engine.js'
import type { FaultPlan, FiredFault } from '../faults/fault-plan.js'
import type { FileStore } from '../files/file-store.js'
import type { WallClock } from '../time/wall-clock.js'
import type { LoginName } from './login-name.js'
import type { SshOptions } from './ssh-options.js'

/** What a channel (exec, shell, SFTP) may ask of the connection and router it belongs to. */
export interface ConnectionHost {
  readonly engine: RouterEngine
  readonly files: FileStore
  readonly clock: WallClock
  readonly faults: FaultPlan
  readonly options: SshOptions
  readonly login: LoginName
  readonly sourceAddress: string | undefined
  /** Fires when the connection is lost or the router goes down. */
  readonly lost: AbortSignal
  /** True from the moment a restart was ordered: nothing is told any more. */
  isGoingDown(): boolean
  nextSessionId(): number
  /** Sessions appear in `/user active` and get notices. */
  open(session: SessionContext, notify: (text: string) => void, close: () => void): void
  closed(session: SessionContext, how: 'normal' | 'abnormal'): void
  /** Lets a fault do to the connection or router what it does. True when the connection is useless from now on. */
  act(fault: FiredFault): boolean
  /** Runs a command line with the faults that stand before and after it. */
  runCommand(line: string, session: SessionContext): Promise<CommandOutcome>
}

/** How a command line ended, faults included. */
export interface CommandOutcome {
  readonly failed: boolean
  readonly quit: boolean
  /** A fault took the connection: send nothing more. */
  readonly silenced: boolean
}
