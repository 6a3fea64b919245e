import type { TenantScope } from '../access/tenant-scope.js'
import type { ErrorCode } from '../errors/error-codes.js'
import type { PushOperation, PushRecord, PushState, TimelineEntry } from '../model/push-operation.js'
import type { PushStage } from '../ports/operation-events.js'
import type { JournalEntry } from '../ports/push-journal.js'
import type { ServicePorts } from '../service-ports.js'

type LogPorts = Pick<ServicePorts, 'clock' | 'journal' | 'events'>

/** What goes into the journal with a step besides the state. */
export interface StepDetails {
  readonly facts?: TimelineEntry['facts']
  readonly changes?: JournalEntry['changes']
  readonly open?: boolean
  readonly errorCode?: ErrorCode
  /** For events: an `ErrorCode` or a failure reason. */
  readonly error?: string
}

const stageByState: Readonly<Record<PushState, PushStage>> = {
  locked: 'started',
  'backed-up': 'backing_up',
  planned: 'backing_up',
  uploading: 'pushing',
  arming: 'pushing',
  armed: 'pushing',
  launching: 'pushing',
  pushing: 'pushing',
  settling: 'settling',
  verifying: 'verifying',
  disarming: 'verifying',
  reverting: 'verifying',
  committed: 'committed',
  reverted: 'reverted',
  failed: 'failed',
  aborted: 'failed',
}

/**
 * The journal of one operation in the hands of one lease holder. Each step is committed before the act that it announces,
 * and then told to listeners.
 */
export class PushLog {
  private guardFiresAt: number | null = null

  private constructor(
    private readonly ports: LogPorts,
    private readonly scope: TenantScope,
    private readonly fencingToken: number,
    private present: PushOperation,
  ) {}

  /** Opens a new operation in state `locked`. @throws STORAGE_* · STORAGE_CONFLICT */
  static async open(
    ports: LogPorts,
    scope: TenantScope,
    record: PushRecord,
    fencingToken: number,
  ): Promise<PushLog> {
    const entry: TimelineEntry = { state: 'locked', at: ports.clock.now(), message: 'The device is locked.' }
    const operation = await ports.journal.open(scope, record, entry, fencingToken)
    const log = new PushLog(ports, scope, fencingToken, operation)
    log.publish(entry)
    return log
  }

  /** Goes on with an operation that is there, under a new lease. */
  static resume(
    ports: LogPorts,
    scope: TenantScope,
    operation: PushOperation,
    fencingToken: number,
  ): PushLog {
    return new PushLog(ports, scope, fencingToken, operation)
  }

  /** The operation as it was last written. */
  get operation(): PushOperation {
    return this.present
  }

  /** When the guard fires at the latest, on the monotonic clock; for the remaining budget in events. */
  setGuardFiresAt(monotonicMs: number | null): void {
    this.guardFiresAt = monotonicMs
  }

  /** Writes a step. @throws LEASE_LOST when another has taken over · STORAGE_* */
  async step(state: PushState, message: string, details: StepDetails = {}): Promise<PushOperation> {
    const { facts, changes, open, errorCode, error } = details
    const entry: TimelineEntry = {
      state,
      at: this.ports.clock.now(),
      message,
      ...(facts === undefined ? {} : { facts }),
    }
    const step: JournalEntry = {
      state,
      entry,
      ...(changes === undefined ? {} : { changes }),
      ...(open === undefined ? {} : { open }),
      ...(errorCode === undefined ? {} : { errorCode }),
    }
    this.present = await this.ports.journal.append(
      this.scope,
      this.present.operationId,
      step,
      this.fencingToken,
    )
    this.publish(entry, error ?? errorCode)
    return this.present
  }

  private publish(entry: TimelineEntry, error?: string): void {
    const { operationId, tenantId, deviceId } = this.present
    const left = this.guardFiresAt === null ? null : this.guardFiresAt - this.ports.clock.monotonicMs()
    this.ports.events.publish(this.scope, {
      type: 'push',
      tenantId,
      deviceId,
      operationId,
      state: entry.state,
      stage: stageByState[entry.state],
      message: entry.message,
      at: entry.at,
      guardRemainingMs: left === null ? null : Math.max(0, left),
      ...(error === undefined ? {} : { error }),
    })
  }
}
