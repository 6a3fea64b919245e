import { checkFault } from './check-fault.js'
import { type FaultSpec, type FaultTrigger, faultNames } from './fault-spec.js'
import { triggerOf } from './parse-fault.js'
import { seededRandom } from './seeded-random.js'

/** Something that happened at which faults may act. */
export interface FaultEvent {
  readonly on: FaultTrigger
  /** Command line, file or entry name. */
  readonly subject?: string
  readonly line?: number
  /** For `output`: the range of output bytes about to be sent, end exclusive. */
  readonly bytes?: { readonly from: number; readonly to: number }
}

/** A fault that acts now. */
export interface FiredFault {
  readonly spec: FaultSpec
  /** For `output`: offset at which it acts. */
  readonly byte: number
}

interface ArmedFault {
  readonly spec: FaultSpec
  readonly trigger: FaultTrigger
  readonly pattern: RegExp | undefined
  /** Command line that wakes the fault; undefined once it is awake. */
  sleepsUntil: RegExp | undefined
  readonly byte: number
  seen: number
  left: number
}

/** The faults of one router: counts events and says which fault acts. Deterministic from the seed. */
export class FaultPlan {
  private readonly armed: ArmedFault[] = []
  private readonly random: () => number

  constructor(specs: readonly FaultSpec[] = [], seed = 1) {
    this.random = seededRandom(seed)
    for (const spec of specs) this.arm(spec)
  }

  /** Adds a fault while the router runs; the returned function takes it back. */
  arm(spec: FaultSpec): () => void {
    if (!faultNames.includes(spec.name)) throw new TypeError(`No such fault: ${String(spec.name)}`)
    checkFault(spec)
    const byte =
      typeof spec.byte === 'object' ? Math.floor(this.random() * spec.byte.below) : (spec.byte ?? 0)
    const pattern = spec.match === undefined ? undefined : new RegExp(spec.match)
    const sleepsUntil = spec.since === undefined ? undefined : new RegExp(spec.since)
    const armed: ArmedFault = {
      spec,
      trigger: triggerOf(spec),
      pattern,
      sleepsUntil,
      byte,
      seen: 0,
      left: spec.times ?? 1,
    }
    this.armed.push(armed)
    return () => {
      armed.left = 0
    }
  }

  /** Faults of trigger `time`, for the router to set timers. */
  timed(): readonly FaultSpec[] {
    return this.armed.filter((fault) => fault.trigger === 'time').map((fault) => fault.spec)
  }

  /** Counts the event and returns the faults that act on it. */
  take(event: FaultEvent): readonly FiredFault[] {
    const fired: FiredFault[] = []
    for (const fault of this.armed) {
      if (fault.sleepsUntil !== undefined) {
        if (event.on === 'command' && fault.sleepsUntil.test(event.subject ?? ''))
          fault.sleepsUntil = undefined
        continue
      }
      if (fault.trigger !== event.on || fault.left <= 0 || !this.matches(fault, event)) continue
      fault.seen++
      if (fault.seen < (fault.spec.nth ?? 1)) continue
      fault.left--
      fired.push({ spec: fault.spec, byte: fault.byte })
    }
    return fired
  }

  /** True when some fault still waits for output: the console then sends in small pieces. */
  waitsFor(trigger: FaultTrigger): boolean {
    return this.armed.some((fault) => fault.trigger === trigger && fault.left > 0)
  }

  private matches(fault: ArmedFault, event: FaultEvent): boolean {
    if (fault.pattern && !fault.pattern.test(event.subject ?? '')) return false
    if (fault.trigger === 'import-line' && fault.spec.line !== undefined && fault.spec.line !== event.line)
      return false
    if (fault.trigger !== 'output') return true
    const isExportFault = fault.spec.name === 'truncate-export' || fault.spec.name === 'interrupt-export'
    if (isExportFault && fault.pattern === undefined && !/\bexport\b/.test(event.subject ?? '')) return false
    return event.bytes !== undefined && event.bytes.from <= fault.byte && fault.byte < event.bytes.to
  }
}
