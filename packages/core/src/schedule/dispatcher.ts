import type { SystemScope } from '../access/tenant-scope.js'
import type { DueDevice } from '../model/schedule.js'
import type { Clock } from '../ports/clock.js'
import type { JobQueue } from '../ports/job-queue.js'
import type { ScheduleRepository } from '../ports/schedule-repository.js'
import type { TenantGuard } from '../ports/tenant-guard.js'
import { nextDueTime } from './due-time.js'
import { effectiveSchedule } from './effective-schedule.js'

/** What dispatching needs. */
export interface DispatcherPorts {
  readonly schedules: ScheduleRepository
  readonly queue: JobQueue
  readonly guard: TenantGuard
  readonly clock: Clock
}

const batchSize = 200
/** A dispatcher that died in the middle of a batch is taken over after this. */
const claimMs = 60_000
/** How often due times are looked at when nothing is due. */
const idleMs = 1_000

/**
 * Turns due times into jobs. Any number of processes may dispatch: a device is claimed by one, and a slot that was
 * enqueued twice after a crash is one job. After a pause a device comes due once, not once for each missed time.
 */
export class Dispatcher {
  private readonly system: SystemScope

  constructor(private readonly ports: DispatcherPorts) {
    this.system = ports.guard.openSystemScope('dispatch')
  }

  /** Dispatches what is due now and returns how many devices that were. */
  async dispatchDue(): Promise<number> {
    const { schedules, clock } = this.ports
    let dispatched = 0
    for (;;) {
      const due = await schedules.claimDue(this.system, { now: clock.now(), limit: batchSize, claimMs })
      for (const device of due) await this.dispatch(device)
      dispatched += due.length
      if (due.length < batchSize) return dispatched
    }
  }

  /**
   * Dispatches until the signal fires. A failure (the database is away) is handed to `onError` and tried again.
   */
  async run(options: {
    readonly signal: AbortSignal
    readonly onError: (error: unknown) => void
  }): Promise<void> {
    const { signal, onError } = options
    while (!signal.aborted) {
      await this.dispatchDue().catch(onError)
      await this.ports.clock.sleep(idleMs, { signal }).catch(() => undefined)
    }
  }

  /** The job first, then the next due time: a crash in between enqueues the slot again, which is the same job. */
  private async dispatch({ tenantId, deviceId, dueAt }: DueDevice): Promise<void> {
    const { schedules, queue, guard, clock } = this.ports
    const scope = guard.enterAsSystem(this.system, tenantId, 'write')
    const { enabled, cronExpression } = await effectiveSchedule(schedules, scope, deviceId)
    if (enabled) await queue.enqueue({ tenantId, deviceId, trigger: 'scheduled', slot: dueAt })
    const nextDueAt = enabled ? nextDueTime(cronExpression, deviceId, clock.now()) : null
    await schedules.advance(scope, deviceId, { expectedDueAt: dueAt, nextDueAt })
  }
}
