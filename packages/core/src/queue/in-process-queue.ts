import type { Clock } from '../ports/clock.js'
import type { BackupJob, JobDelivery, JobOutcome, JobQueue, WorkerOptions } from '../ports/job-queue.js'

interface Waiting {
  readonly job: BackupJob
  readonly attempt: number
}

/** How many finished (device, slot) pairs are remembered, so that a late dispatcher does not repeat one. */
const rememberedSlots = 100_000

/**
 * The `JobQueue` of the embedded default: jobs live in this process. What is lost with it is found again, because the
 * due times live in the database.
 */
export class InProcessQueue implements JobQueue {
  private waiting: Waiting[] = []
  private readonly pausing = new Set<Promise<void>>()
  private readonly running = new Map<Promise<void>, Waiting>()
  private readonly knownSlots = new Set<string>()
  private readonly stopping = new AbortController()
  private readonly givenUp = new AbortController()
  private worker:
    | { handler: (delivery: JobDelivery) => Promise<JobOutcome>; options: WorkerOptions }
    | undefined

  constructor(private readonly clock: Clock) {}

  async enqueue(job: BackupJob): Promise<boolean> {
    const slot = `${job.tenantId}/${job.deviceId}/${job.slot}`
    if (this.knownSlots.has(slot)) return false
    this.knownSlots.add(slot)
    if (this.knownSlots.size > rememberedSlots) {
      for (const oldest of this.knownSlots) {
        this.knownSlots.delete(oldest)
        break
      }
    }
    this.waiting.push({ job, attempt: 1 })
    this.startMore()
    return true
  }

  async work(handler: (delivery: JobDelivery) => Promise<JobOutcome>, options: WorkerOptions): Promise<void> {
    if (this.worker !== undefined) throw new TypeError('This queue has a worker already.')
    this.worker = { handler, options }
    this.startMore()
  }

  async stop(options: { readonly graceMs?: number } = {}): Promise<void> {
    this.stopping.abort()
    const ended = new AbortController()
    const grace = this.clock.sleep(options.graceMs ?? 30_000, { signal: ended.signal }).then(
      () => this.givenUp.abort(),
      () => {},
    )
    await Promise.all([...this.running.keys(), ...this.pausing])
    ended.abort()
    await grace
  }

  async size(): Promise<number> {
    return this.waiting.length + this.running.size + this.pausing.size
  }

  private startMore(): void {
    const worker = this.worker
    if (worker === undefined || this.stopping.signal.aborted) return
    const perTenant = new Map<string, number>()
    for (const { job } of this.running.values()) {
      perTenant.set(job.tenantId, (perTenant.get(job.tenantId) ?? 0) + 1)
    }
    const left: Waiting[] = []
    for (const next of this.waiting) {
      const ofTenant = perTenant.get(next.job.tenantId) ?? 0
      if (
        this.running.size >= worker.options.concurrency ||
        ofTenant >= worker.options.concurrencyPerTenant
      ) {
        left.push(next)
        continue
      }
      perTenant.set(next.job.tenantId, ofTenant + 1)
      this.start(next, worker.handler)
    }
    this.waiting = left
  }

  private start(next: Waiting, handler: (delivery: JobDelivery) => Promise<JobOutcome>): void {
    const handled = (async () => handler({ ...next, signal: this.givenUp.signal }))()
    const run: Promise<void> = handled
      .catch(() => ({ done: true }) as const)
      .then((outcome) => {
        this.running.delete(run)
        if (!outcome.done && outcome.retryAfterMs !== null) this.pause(next, outcome.retryAfterMs)
        this.startMore()
      })
    this.running.set(run, next)
  }

  private pause(next: Waiting, ms: number): void {
    const pause = this.clock
      .sleep(ms, { signal: this.stopping.signal })
      .catch(() => {})
      .then(() => {
        this.pausing.delete(pause)
        this.waiting.push({ job: next.job, attempt: next.attempt + 1 })
        this.startMore()
      })
    this.pausing.add(pause)
  }
}
