import {
  type BackupJob,
  type Clock,
  type JobDelivery,
  type JobOutcome,
  type JobQueue,
  LeaseLostError,
  OperationAbortedError,
  StorageUnavailableError,
  type WorkerOptions,
} from '@tod/core'
import pg from 'pg'
import PgBoss from 'pg-boss'
import { JobTable, jobId, queueName, type TakenJob } from './job-table.js'
import { defaultQueueSchema } from './migrate-queue.js'
import { RunningJobs } from './running-jobs.js'

/** Where the queue is, and its times. */
export interface PgBossQueueOptions {
  /** Connects as the application role. */
  readonly connectionString: string
  readonly clock: Clock
  /** Schema of pg-boss; default `pgboss`. */
  readonly schema?: string
  /** How often to look for jobs of other processes, ms; default 2000. Own ones are seen at once. */
  readonly pollMs?: number
  /** A worker that says nothing for so long is taken for dead and its jobs are given to others, ms; default 60 000. */
  readonly leaseMs?: number
  /** Told of faults of the database while nobody waits for an answer; the queue goes on by itself. */
  readonly onFault?: (error: unknown) => void
}

type Handler = (delivery: JobDelivery) => Promise<JobOutcome>

/** A finished job is remembered for so long, s: one week. A slot that comes again in that time is refused. */
const rememberSeconds = 7 * 24 * 3600

/**
 * Shares jobs between processes through PostgreSQL, on the tables of pg-boss. Any process may enqueue, any may work; a
 * job is given again when its worker died, so a handler may see a job twice but never at the same time as another.
 */
export class PgBossQueue implements JobQueue {
  readonly #pool: pg.Pool
  readonly #boss: PgBoss
  readonly #jobs: JobTable
  readonly #clock: Clock
  readonly #pollMs: number
  readonly #leaseMs: number
  readonly #onFault: (error: unknown) => void
  readonly #running = new RunningJobs()
  readonly #stopping = new AbortController()
  #worker: { readonly handler: Handler; readonly limits: WorkerOptions } | undefined
  #polling: Promise<void> | undefined
  #pollAgain = false
  #loops: readonly Promise<void>[] = []

  private constructor(options: PgBossQueueOptions) {
    const schema = options.schema ?? defaultQueueSchema
    this.#clock = options.clock
    this.#pollMs = options.pollMs ?? 2000
    this.#leaseMs = options.leaseMs ?? 60_000
    this.#onFault = options.onFault ?? (() => {})
    this.#pool = new pg.Pool({
      connectionString: options.connectionString,
      application_name: 'tod-queue',
      max: 4,
      statement_timeout: 30_000,
      connectionTimeoutMillis: 10_000,
    })
    this.#pool.on('error', this.#onFault)
    this.#pool.on('connect', (client) => client.on('error', () => {}))
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => this.#pool.query(text, values) },
      schema,
      migrate: false,
      schedule: false,
      archiveCompletedAfterSeconds: rememberSeconds,
      archiveFailedAfterSeconds: rememberSeconds,
    })
    this.#boss.on('error', this.#onFault)
    this.#jobs = new JobTable(this.#pool, schema)
  }

  /**
   * Connects to a queue that `migrateQueue` has made.
   *
   * @throws STORAGE_UNAVAILABLE
   */
  static async open(options: PgBossQueueOptions): Promise<PgBossQueue> {
    const queue = new PgBossQueue(options)
    try {
      await available(queue.#boss.start())
    } catch (error) {
      await queue.#pool.end()
      throw error
    }
    return queue
  }

  async enqueue(job: BackupJob): Promise<boolean> {
    const { tenantId, deviceId, trigger, slot } = job
    const id = await available(
      this.#boss.send(
        queueName,
        { tenantId, deviceId, trigger, slot },
        // pg-boss counts its own retries only when a worker died; ours are decided by the handler.
        { id: jobId(job), expireInSeconds: Math.ceil(this.#leaseMs / 1000), retryLimit: 1000 },
      ),
    )
    if (id !== null) this.#poll()
    return id !== null
  }

  async work(handler: Handler, options: WorkerOptions): Promise<void> {
    if (this.#worker !== undefined) throw new TypeError('This queue has a worker already.')
    this.#worker = { handler, limits: options }
    this.#poll()
    this.#loops = [
      this.#every(this.#pollMs, async () => this.#poll()),
      this.#every(this.#leaseMs / 3, () => this.#keepLeases()),
    ]
  }

  async stop(options: { readonly graceMs?: number } = {}): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#loops)
    await this.#polling
    const ended = new AbortController()
    const grace = this.#clock.sleep(options.graceMs ?? 30_000, { signal: ended.signal }).then(
      () => this.#running.abort(new OperationAbortedError()),
      () => {},
    )
    await this.#running.allEnded()
    ended.abort()
    await grace
    await this.#boss.stop({ graceful: false })
  }

  async size(): Promise<number> {
    return available(this.#jobs.size())
  }

  /** Ends the connections; call it after `stop`. */
  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false })
    if (!this.#pool.ended) await this.#pool.end()
  }

  /** Looks for work; when it is looking already, it looks once more after that. */
  #poll(): void {
    if (this.#polling !== undefined) {
      this.#pollAgain = true
      return
    }
    this.#pollAgain = false
    this.#polling = this.#takeWhileFree()
      .catch(this.#onFault)
      .finally(() => {
        this.#polling = undefined
        if (this.#pollAgain) this.#poll()
      })
  }

  async #takeWhileFree(): Promise<void> {
    const worker = this.#worker
    if (worker === undefined) return
    const { concurrency, concurrencyPerTenant } = worker.limits
    for (;;) {
      const free = concurrency - this.#running.size
      if (free <= 0 || this.#stopping.signal.aborted) return
      // Tenants that have their share are left out, so that a long line of theirs does not hold up the others.
      const taken = await this.#jobs.take(free, this.#running.tenantsWith(concurrencyPerTenant))
      if (taken.length === 0) return
      for (const one of taken) {
        const hasRoom = this.#running.countOf(one.job.tenantId) < concurrencyPerTenant
        // One that this process still works on was taken back and comes again: not beside itself.
        if (!hasRoom || this.#running.has(one.id) || this.#stopping.signal.aborted)
          await this.#jobs.giveBack(one)
        else this.#running.start(one, (signal) => this.#handle(one, worker.handler, signal))
      }
      if (taken.every((one) => !this.#running.has(one.id))) return
    }
  }

  async #handle(taken: TakenJob, handler: Handler, signal: AbortSignal): Promise<void> {
    const { job, attempt } = taken
    const outcome: JobOutcome = await (async () => handler({ job, attempt, signal }))().catch(() => ({
      done: false,
      retryAfterMs: null,
    }))
    // Should this fail, the lease runs out and the job comes again: once more is better than never.
    await this.#record(taken, outcome).catch(this.#onFault)
    if (!this.#stopping.signal.aborted) queueMicrotask(() => this.#poll())
  }

  #record(taken: TakenJob, outcome: JobOutcome): Promise<void> {
    if (outcome.done) return this.#jobs.finish(taken, 'completed')
    if (outcome.retryAfterMs === null) return this.#jobs.finish(taken, 'failed')
    return this.#jobs.retryAfter(taken, outcome.retryAfterMs)
  }

  async #keepLeases(): Promise<void> {
    if ((await this.#jobs.takeBack()) > 0) this.#poll()
    const taken = this.#running.all()
    if (taken.length === 0) return
    const held = await this.#jobs.keep(taken)
    for (const one of taken) {
      if (held.has(one.id)) continue
      this.#running.abort(new LeaseLostError({ deviceId: one.job.deviceId }), held)
    }
  }

  /** Does something again and again until the queue is stopped; faults do not end it. */
  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#clock.sleep(ms, { signal }).catch(() => {})
      if (!signal.aborted) await work().catch(this.#onFault)
    }
  }
}

async function available<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw new StorageUnavailableError({ store: 'queue' }, { cause })
  }
}
