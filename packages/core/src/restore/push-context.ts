import type { TenantScope } from '../access/tenant-scope.js'
import type { HeldLease } from '../lock/hold-lease.js'
import type { ComparableExport } from '../plan/compare-meaning.js'
import type { PushPlan } from '../plan/push-plan.js'
import type { PushNames } from '../routeros/push-names.js'
import type { ServicePorts } from '../service-ports.js'
import type { PushLog } from './push-log.js'

/** What every step of a push works with. */
export interface PushContext {
  readonly ports: ServicePorts
  readonly scope: TenantScope
  readonly lease: HeldLease
  readonly log: PushLog
  readonly names: PushNames
  /** The two configurations that the device may end on. */
  readonly target: ComparableExport & { readonly text: string }
  readonly before: ComparableExport
  /** How the present export has to be taken to be comparable. */
  readonly capture: { readonly majorVersion: number; readonly maySeeSecrets: boolean }
  /** Fires when the caller cancels. Looked at between acts, never in the middle of one. */
  readonly cancel: AbortSignal
  /** To name a statement that failed; undefined when the plan is not at hand. */
  readonly plan?: Pick<PushPlan, 'lines' | 'checkCount'>
  /**
   * When the guard fires at the earliest, on our monotonic clock; null after a restart of ours: then only the device's
   * own values count.
   */
  firesAt: number | null
  /** When uptime was read before the launch, on our monotonic clock; null after a restart of ours. */
  readonly launchedAt: number | null
  /** When the guard fires at the latest, as far as we know, on our monotonic clock: for waiting, never for proof. */
  firesBy: number | null
  /** False once the guard's interval was started anew, or its removal tried: from then on it fires in its time. */
  mayExtend: boolean
}

/** Signal for acts on the device after the launch: only a lost lease stops them. */
export function actSignal(context: Pick<PushContext, 'lease'>): AbortSignal {
  return context.lease.lost
}

/** Time left until the guard fires, ms: by our count or by what the device showed, whichever is earlier. */
export function remainingMs(context: PushContext, shownFiresAt: number | null): number {
  const never = Number.POSITIVE_INFINITY
  return Math.min(context.firesAt ?? never, shownFiresAt ?? never) - context.ports.clock.monotonicMs()
}
