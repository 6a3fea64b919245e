/** A backup to be made by whoever is free. */
export interface BackupJob {
  readonly tenantId: string
  readonly deviceId: string
  readonly trigger: 'scheduled' | 'config-change'
  /** Due time that it was made for, UTC ms: one job per device and slot. */
  readonly slot: number
}

/** A job being worked on. */
export interface JobDelivery {
  readonly job: BackupJob
  /** 1 on the first try. */
  readonly attempt: number
  /** Fires when the worker is stopped or the job was taken back. */
  readonly signal: AbortSignal
}

/** What to do with a job that was worked on. `retryAfterMs` puts it back; without it the job is over. */
export type JobOutcome =
  | { readonly done: true }
  | { readonly done: false; readonly retryAfterMs: number | null }

/** Limits of one worker. */
export interface WorkerOptions {
  /** Jobs at once in this process. */
  readonly concurrency: number
  /** Jobs at once of one tenant in this process. */
  readonly concurrencyPerTenant: number
}

/**
 * Hands jobs to workers: each job to one worker at a time, again if that worker died, at least once in all. A handler
 * that throws counts as done without success.
 */
export interface JobQueue {
  /**
   * Adds a job; false when one of this device and slot is there or was worked on. May be dispatched by any process.
   *
   * @throws STORAGE_UNAVAILABLE
   */
  enqueue(job: BackupJob): Promise<boolean>
  /** Starts working. One worker per queue object; a second call throws `TypeError`. */
  work(handler: (delivery: JobDelivery) => Promise<JobOutcome>, options: WorkerOptions): Promise<void>
  /** Takes no more jobs, lets running ones end (their signals fire after `graceMs`), gives the rest back. */
  stop(options?: { readonly graceMs?: number }): Promise<void>
  /** Jobs that wait or run. */
  size(): Promise<number>
}
