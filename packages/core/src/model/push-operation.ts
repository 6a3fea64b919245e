import type { ErrorCode } from '../errors/error-codes.js'
import type { Trigger } from './trigger.js'

/** States of a push operation, in order; see `docs/restore-safety.md` for the diagram. */
export const pushStates = [
  'locked',
  'backed-up',
  'planned',
  'uploading',
  'arming',
  'armed',
  'launching',
  'pushing',
  'settling',
  'verifying',
  'disarming',
  'reverting',
  'committed',
  'reverted',
  'failed',
  'aborted',
] as const

/** One of {@link pushStates}. */
export type PushState = (typeof pushStates)[number]

/** How the target gets onto the device. */
export type PushStrategy = 'reconcile' | 'import' | 'binary'

/** A check of the caller's, run after the settle window over the new connection. */
export type Probe =
  /** The device pings `address`; succeeds with one answer of `count` (default 3). */
  | { readonly kind: 'ping'; readonly address: string; readonly count?: number }
  /** At least `atLeast` active routes. */
  | { readonly kind: 'route-count'; readonly atLeast: number }
  /** The named interface is running. */
  | { readonly kind: 'interface-running'; readonly name: string }

/** What came of a probe. */
export interface ProbeResult {
  readonly probe: Probe
  readonly passed: boolean
  /** What was seen, for people; no secret. */
  readonly seen: string
}

/** Time limits of a push, fixed when it is planned. All in ms. */
export interface PushBudget {
  readonly importMs: number
  readonly settleWindowMs: number
  readonly verifyMs: number
  readonly marginMs: number
  /** Sum: the interval of the guard. */
  readonly deadlineMs: number
}

/** One line of an operation's timeline. `facts` are safe to show. */
export interface TimelineEntry {
  readonly state: PushState
  /** UTC, ms since 1970. */
  readonly at: number
  readonly message: string
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}

/** One semantic difference that is left, with secrets masked. */
export interface ResidualChange {
  readonly menu: string
  readonly kind: string
  readonly summary: string
}

/** Why a push did not end `committed`. */
export interface PushFailure {
  readonly reason:
    | 'import-failed'
    | 'not-reachable'
    | 'residual'
    | 'probe-failed'
    | 'cancelled'
    | 'guard-fired'
    | 'not-started'
    | 'outcome-unknown'
    | 'not-applied'
    | 'lease-lost'
  /** Number of the statement that failed, 1-based, when known. */
  readonly statementIndex?: number
  /** The statement with secrets masked, when known. */
  readonly statement?: string
  /** The device's own text with secrets masked, when there is any. */
  readonly deviceText?: string
}

/** Verdict of the lock-out analysis with its trace, as shown to people. */
export interface LockoutReport {
  /** `at-risk`: depends on what the export does not show. `cannot-tell`: we do not know how we come in. */
  readonly verdict: 'safe' | 'at-risk' | 'lockout' | 'cannot-tell'
  readonly trace: readonly string[]
}

/** The three outcomes. */
export type PushStatus = 'committed' | 'reverted' | 'failed'

/** Answer of a restore or rollback that touched, or was about to touch, the device. */
export interface PushResult {
  readonly operationId: string
  readonly status: PushStatus
  readonly message: string
  readonly preBackupSha: string
  readonly targetSha: string
  readonly planHash: string
  /** True when the device's export equals the target by meaning. */
  readonly converged: boolean
  /** What still differs from the target; empty when converged. */
  readonly residual: readonly ResidualChange[]
  /** What no export shows, so that nobody takes it for restored. */
  readonly unverified: readonly string[]
  readonly lockout: LockoutReport | null
  readonly probes: readonly ProbeResult[]
  readonly because?: PushFailure
  /** True when the end state is not known yet and recovery goes on. */
  readonly openForRecovery: boolean
  readonly timeline: readonly TimelineEntry[]
}

/** Everything recovery needs to know about an operation; holds no secret and no plan text. */
export interface PushRecord {
  readonly operationId: string
  readonly tenantId: string
  readonly deviceId: string
  readonly kind: 'restore' | 'rollback'
  readonly strategy: PushStrategy
  readonly requestedBy: string
  /** UTC, ms since 1970. */
  readonly createdAt: number
  readonly targetSha: string
  /** Trigger of the backup taken first. */
  readonly preTrigger: Trigger
  readonly preBackupSha: string | null
  readonly planHash: string | null
  /** Names everything of this operation on the device: 16 lower-case hex digits. */
  readonly nonce: string
  readonly onResidual: 'keep' | 'revert'
  readonly onLockout: 'proceed' | 'refuse'
  readonly probes: readonly Probe[]
  readonly budget: PushBudget | null
  /** Folder on the device's storage that survives a reboot: '' or `flash`. */
  readonly storageFolder: string | null
  /** What was measured before the launch. */
  readonly launch: LaunchFacts | null
  /** Keyed digest of the verified export's meaning, set when disarming begins. */
  readonly verifiedDigest: string | null
  readonly converged: boolean
  readonly residual: readonly ResidualChange[]
  /** What no export shows, and secrets that one side does not carry. */
  readonly unverified: readonly string[]
  readonly lockout: LockoutReport | null
  readonly probeResults: readonly ProbeResult[]
  readonly failure: PushFailure | null
}

/** Taken when the guard was armed and the plan launched; the base for "no boot since". */
export interface LaunchFacts {
  /** Uptime of the device in ms when the launch was about to be sent. */
  readonly uptimeMs: number
  /** Our wall clock at that moment, UTC ms: a bound only, decisions use the device's values. */
  readonly at: number
  /** When the guard will fire at the latest by our wall clock, UTC ms. */
  readonly guardFiresBy: number
  readonly statementCount: number
  /** True when the script starts a timer by uptime: the guard then fires by it too, and cannot be extended. */
  readonly hasUptimeTimer: boolean
  /** Id of the device's job; null until its answer came, or for good when the answer was lost. */
  readonly jobId: string | null
}

/** An operation as the journal keeps it. */
export interface PushOperation extends PushRecord {
  readonly state: PushState
  /** False once nothing more is to be done by anybody. */
  readonly open: boolean
  readonly fencingToken: number
  /** UTC, ms since 1970. */
  readonly updatedAt: number
  readonly timeline: readonly TimelineEntry[]
  /** Set when the operation ended with an error before the launch. */
  readonly errorCode: ErrorCode | null
}
