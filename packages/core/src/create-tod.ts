import { BackupService } from './backup/backup-service.js'
import { defaultDeviceTimeLimits } from './device/time-limits.js'
import { InProcessEvents } from './events/in-process-events.js'
import type { JobQueue, WorkerOptions } from './ports/job-queue.js'
import { PreviewService } from './preview/preview-service.js'
import { InProcessQueue } from './queue/in-process-queue.js'
import { platformRandom } from './random/platform-random.js'
import { type RecoveryOutcome, recoverOperations } from './recovery/recover-operations.js'
import { runRecovery } from './recovery/recovery-loop.js'
import { ReindexService } from './reindex/reindex-service.js'
import { RestoreService } from './restore/restore-service.js'
import { RollbackService } from './rollback/rollback-service.js'
import { Dispatcher } from './schedule/dispatcher.js'
import { ScheduleService } from './schedule/schedule-service.js'
import { startScheduledBackups } from './schedule/scheduled-backups.js'
import type { ServicePorts } from './service-ports.js'
import { fixedSettings } from './settings/tenant-settings-of.js'
import { systemClock } from './time/system-clock.js'

type Defaulted = 'clock' | 'random' | 'events' | 'settings' | 'limits'

/** What a host hands over. Where there is a default, it may be left out. */
export type TodPorts = Omit<ServicePorts, Defaulted> &
  Partial<Pick<ServicePorts, Defaulted>> & {
    /** Default: a queue in this process. */
    readonly queue?: JobQueue
  }

/** How the background work runs. */
export interface BackgroundOptions {
  readonly signal: AbortSignal
  /** Told about faults of background work; nothing else happens by them. */
  readonly onError: (error: unknown) => void
  /** Backups at once; default 20 in all, 10 of one tenant. */
  readonly limits?: WorkerOptions
}

/** The services over one set of ports. */
export interface Tod {
  readonly backups: BackupService
  readonly previews: PreviewService
  readonly restores: RestoreService
  readonly rollbacks: RollbackService
  readonly schedules: ScheduleService
  readonly dispatcher: Dispatcher
  readonly reindex: ReindexService
  readonly ports: ServicePorts
  readonly queue: JobQueue
  /** One pass over all open operations; at start, before anything is pushed. */
  recoverOperations(options?: { readonly signal?: AbortSignal }): Promise<readonly RecoveryOutcome[]>
  /** Recovery, dispatcher and scheduled backups until the signal fires; resolves when all of it has ended. */
  runBackground(options: BackgroundOptions): Promise<void>
}

/**
 * Builds the services.
 *
 * @example
 * const tod = createTod({ guard, transport, devices, credentials, hostKeys, git, secretBox, runs, schedules, locks, journal, audit })
 * const entry = await tod.backups.backUp(scope, { deviceId, trigger: 'manual' })
 */
export function createTod(given: TodPorts): Tod {
  const { queue: givenQueue, ...own } = given
  const ports: ServicePorts = {
    ...own,
    clock: own.clock ?? systemClock,
    random: own.random ?? platformRandom,
    events: own.events ?? new InProcessEvents(),
    settings: own.settings ?? fixedSettings(),
    limits: own.limits ?? defaultDeviceTimeLimits,
  }
  const queue = givenQueue ?? new InProcessQueue(ports.clock)
  const backups = new BackupService(ports)
  const restores = new RestoreService(ports, backups)
  const schedules = new ScheduleService(ports)
  const dispatcher = new Dispatcher({ ...ports, queue })
  const recover = (options: { readonly signal?: AbortSignal } = {}) => recoverOperations(ports, options)
  return {
    backups,
    restores,
    schedules,
    dispatcher,
    reindex: new ReindexService(ports),
    ports,
    queue,
    previews: new PreviewService(ports),
    rollbacks: new RollbackService(ports, restores),
    recoverOperations: recover,
    async runBackground({ signal, onError, limits }) {
      await startScheduledBackups({
        queue,
        guard: ports.guard,
        makeBackup: (scope, job, options) =>
          backups.backUp(scope, { deviceId: job.deviceId, trigger: job.trigger, signal: options.signal }),
        limits: limits ?? { concurrency: 20, concurrencyPerTenant: 10 },
        onFailure: (_job, error) => onError(error),
      })
      await Promise.all([
        runRecovery({ clock: ports.clock, signal, recover: () => recover({ signal }), onError }),
        dispatcher.run({ signal, onError }),
      ])
      await queue.stop()
    },
  }
}
