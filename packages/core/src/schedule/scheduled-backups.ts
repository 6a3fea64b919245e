import type { TenantScope } from '../access/tenant-scope.js'
import { CoreError } from '../errors/core-error.js'
import type { BackupJob, JobDelivery, JobOutcome, JobQueue, WorkerOptions } from '../ports/job-queue.js'
import type { TenantGuard } from '../ports/tenant-guard.js'

/** Makes one backup; `BackupService.create` in the shape of a job. */
export type MakeBackup = (
  scope: TenantScope,
  job: BackupJob,
  options: { readonly signal: AbortSignal },
) => Promise<unknown>

/** How scheduled backups are made. */
export interface ScheduledBackupsOptions {
  readonly queue: JobQueue
  readonly guard: TenantGuard
  readonly makeBackup: MakeBackup
  readonly limits: WorkerOptions
  /** Called with what could not be backed up; the run itself is recorded by the backup service. */
  readonly onFailure: (job: BackupJob, error: unknown) => void
}

/** Pauses before the tries after a fault of the connection; then the slot is given up, the next one comes anyway. */
const retryPausesMs = [30_000, 120_000, 600_000]

/** What to do after a failed try: only faults that may pass by themselves are tried again. */
export function retryAfter(error: unknown, attempt: number): number | null {
  const mayPass = error instanceof CoreError && error.retryable
  return mayPass ? (retryPausesMs[attempt - 1] ?? null) : null
}

/** Works on the jobs of the queue: one backup for each, tried again when the fault may pass by itself. */
export function startScheduledBackups(options: ScheduledBackupsOptions): Promise<void> {
  const { queue, guard, makeBackup, limits, onFailure } = options
  const system = guard.openSystemScope('dispatch')
  const handle = async ({ job, attempt, signal }: JobDelivery): Promise<JobOutcome> => {
    try {
      await makeBackup(guard.enterAsSystem(system, job.tenantId, 'write'), job, { signal })
      return { done: true }
    } catch (error) {
      const retryAfterMs = retryAfter(error, attempt)
      if (retryAfterMs === null) onFailure(job, error)
      return { done: false, retryAfterMs }
    }
  }
  return queue.work(handle, limits)
}
