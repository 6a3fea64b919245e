import { createHash, randomUUID } from 'node:crypto'
import type { BackupJob } from '@tod/core'
import type pg from 'pg'

/** Queue of pg-boss that our jobs are in; a partition of its own. */
export const queueName = 'tod-backups'

/** A job that was taken for work. */
export interface TakenJob {
  readonly id: string
  readonly job: BackupJob
  /** 1 on the first try. */
  readonly attempt: number
  /** Names this taking: whoever takes the job again writes another one. */
  readonly delivery: string
}

/**
 * pg-boss's table of jobs, as far as its own calls do not reach: taking jobs but those of some tenants, giving a job
 * back with a pause of its own, and keeping a job while its worker lives. Made for the schema of pg-boss 10.
 *
 * A job is held by writing the delivery's name into `output`; its time is `started_on` plus `expire_in`.
 */
export class JobTable {
  readonly #pool: pg.Pool
  readonly #table: string

  constructor(pool: pg.Pool, schema: string) {
    this.#pool = pool
    this.#table = `${schema}.job`
  }

  /** Takes up to `limit` jobs that are due, oldest first, of all tenants but these. Of two at once each gets others. */
  async take(limit: number, without: readonly string[]): Promise<readonly TakenJob[]> {
    const delivery = randomUUID()
    const { rows } = await this.#pool.query<{
      id: string
      data: BackupJob
      retries: number
      created: string
    }>(
      `with next as (
         select id from ${this.#table}
         where name = $1 and state < 'active' and start_after <= now()
           and not (data->>'tenantId' = any($3::text[]))
         order by priority desc, created_on, id limit $2 for update skip locked
       )
       update ${this.#table} as job set state = 'active', started_on = now(),
         retry_count = case when started_on is null then retry_count else retry_count + 1 end,
         output = jsonb_build_object('delivery', $4::text)
       from next where job.name = $1 and job.id = next.id
       returning job.id, job.data, job.retry_count as retries, job.created_on::text as created`,
      [queueName, limit, [...without], delivery],
    )
    // An update gives its rows back in any order.
    rows.sort((a, b) => (a.created < b.created ? -1 : 1))
    return rows.map((row) => ({ id: row.id, job: row.data, attempt: row.retries + 1, delivery }))
  }

  /** Puts jobs back whose worker has said nothing for their whole time; returns how many. */
  async takeBack(): Promise<number> {
    const { rowCount } = await this.#pool.query(
      `update ${this.#table} set state = 'retry', start_after = now(), output = null
       where name = $1 and state = 'active' and started_on + expire_in < now()`,
      [queueName],
    )
    return rowCount ?? 0
  }

  /** Gives jobs more time; returns the ids of those that are still held by the delivery that took them. */
  async keep(taken: readonly TakenJob[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `update ${this.#table} as job set started_on = now()
       from unnest($2::uuid[], $3::text[]) as held(id, delivery)
       where job.name = $1 and job.id = held.id and state = 'active' and job.output->>'delivery' = held.delivery
       returning job.id`,
      [queueName, taken.map((one) => one.id), taken.map((one) => one.delivery)],
    )
    return new Set(rows.map((row) => row.id))
  }

  /** Ends a job. Nothing happens when it was taken back meanwhile. */
  async finish(taken: TakenJob, state: 'completed' | 'failed'): Promise<void> {
    await this.#change(taken, `state = '${state}', completed_on = now(), output = null`)
  }

  /** Puts a job back, to be taken again after the pause as the next try. */
  async retryAfter(taken: TakenJob, pauseMs: number): Promise<void> {
    const seconds = Math.max(0, pauseMs) / 1000
    await this.#change(taken, `state = 'retry', output = null, start_after = now() + interval '${seconds} s'`)
  }

  /** Puts a job back as if it had not been taken. */
  async giveBack(taken: TakenJob): Promise<void> {
    const state = taken.attempt === 1 ? 'created' : 'retry'
    await this.#change(taken, `state = '${state}', output = null, started_on = null`)
  }

  /** Jobs that wait or run. */
  async size(): Promise<number> {
    const { rows } = await this.#pool.query<{ count: string }>(
      `select count(*) from ${this.#table} where name = $1 and state < 'completed'`,
      [queueName],
    )
    return Number(rows[0]?.count ?? 0)
  }

  async #change(taken: TakenJob, change: string): Promise<void> {
    await this.#pool.query(
      `update ${this.#table} set ${change}
       where name = $1 and id = $2 and state = 'active' and output->>'delivery' = $3`,
      [queueName, taken.id, taken.delivery],
    )
  }
}

/** The same job of the same device and slot has the same id: the table takes it once. */
export function jobId({ tenantId, deviceId, slot }: BackupJob): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenantId, deviceId, slot]))
    .digest('hex')
  // Shape of a UUID of version 8 (RFC 9562: the rest is the maker's own affair).
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}
