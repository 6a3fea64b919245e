import { type BackupJob, type Clock, hasErrorCode, type JobDelivery, type JobOutcome } from '@tod/core'
import { describeJobQueueContract, expectCode, FakeClock, testIds } from '@tod/core/testing'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migrateQueue, PgBossQueue } from '../../src/queue/index.js'
import { connectClient, postgres, usePostgres } from '../postgres/postgres-harness.js'

const { harness } = usePostgres()
const limits = { concurrency: 4, concurrencyPerTenant: 4 }
let owner: pg.Client

if ('unavailable' in postgres) {
  const { unavailable } = postgres
  describe('PgBossQueue', () => {
    it.skip(`keeps the contract (${unavailable})`, () => {})
  })
} else {
  beforeAll(async () => {
    const { ownerUrl, roles } = harness()
    await migrateQueue({ connectionString: ownerUrl, appRole: roles.appRole })
    owner = await connectClient(ownerUrl)
  })
  afterAll(() => owner.end())
  beforeEach(async () => {
    await owner.query('delete from pgboss.job')
  })
  describeJobQueueContract('PgBossQueue', async () => {
    const clock = new FakeClock()
    const port = await open(clock)
    return {
      port,
      async advance(ms) {
        // What a handler has answered is to be on record before its pause can pass.
        await expect.poll(() => countActive(), { timeout: 10_000 }).toBe(0)
        await owner.query(`update pgboss.job set start_after = start_after - $1 * interval '1 ms'`, [ms])
        await clock.advance(ms)
      },
      async close() {
        await port.stop()
        await port.close()
      },
    }
  })
  describe('PgBossQueue in several processes', describeSharing)
  describe('PgBossQueue and faults', describeFaults)
}

function open(clock: Clock, changes: { readonly connectionString?: string } = {}): Promise<PgBossQueue> {
  return PgBossQueue.open({ connectionString: harness().appUrl, clock, leaseMs: 60_000, ...changes })
}

function job(changes: Partial<BackupJob> = {}): BackupJob {
  return { tenantId: testIds.tenantA, deviceId: testIds.device1, trigger: 'scheduled', slot: 1, ...changes }
}

/** A handler that holds each job until the test lets it go. */
function holding() {
  const deliveries: { readonly delivery: JobDelivery; readonly end: (outcome: JobOutcome) => void }[] = []
  let wake = (): void => {}
  return {
    deliveries,
    handler: (delivery: JobDelivery) =>
      new Promise<JobOutcome>((resolve) => {
        deliveries.push({ delivery, end: resolve })
        wake()
      }),
    async seen(count: number): Promise<void> {
      while (deliveries.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    endAll(): void {
      for (const { end } of deliveries) end({ done: true })
    },
  }
}

function describeSharing(): void {
  it('gives each job to one of two workers', async () => {
    const clock = new FakeClock()
    const [one, two] = [await open(clock), await open(clock)]
    const seen: string[] = []
    const work = async ({ job: { deviceId } }: JobDelivery): Promise<JobOutcome> => {
      seen.push(deviceId)
      return { done: true }
    }
    const devices = Array.from({ length: 30 }, (_, index) => `device-${index}`)
    for (const deviceId of devices) await one.enqueue(job({ deviceId }))

    await Promise.all([one.work(work, limits), two.work(work, limits)])
    while ((await one.size()) > 0) await clock.advance(2000)
    await Promise.all([one.stop(), two.stop()])

    expect(seen.sort()).toEqual(devices.sort())
    await Promise.all([one.close(), two.close()])
  })

  it('takes a job up again when its worker died, and tells the one that was slow only', async () => {
    const slowClock = new FakeClock()
    const otherClock = new FakeClock()
    const [slow, other] = [await open(slowClock), await open(otherClock)]
    const first = holding()
    const second = holding()
    await slow.work(first.handler, limits)
    await slow.enqueue(job())
    await first.seen(1)
    // The slow worker says nothing for more than its lease.
    await owner.query(`update pgboss.job set started_on = started_on - interval '61 s'`)
    await other.work(second.handler, limits)
    await otherClock.advance(20_000)
    await otherClock.advance(2000)
    await second.seen(1)
    const isLost = new Promise<unknown>((resolve) => {
      const signal = first.deliveries[0]?.delivery.signal
      signal?.addEventListener('abort', () => resolve(signal.reason))
    })
    await slowClock.advance(20_000)

    expect(second.deliveries[0]?.delivery).toMatchObject({ job: job(), attempt: 2 })
    expect(hasErrorCode(await isLost, 'LEASE_LOST')).toBe(true)
    // What the slow one says in the end no longer counts.
    first.endAll()
    await slow.stop()
    expect(await other.size()).toBe(1)
    second.endAll()
    await other.stop()
    expect(await other.size()).toBe(0)
    await Promise.all([slow.close(), other.close()])
  })

  it('keeps a job as long as its worker lives, however long it takes', async () => {
    const clock = new FakeClock()
    const queue = await open(clock)
    const hold = holding()
    await queue.work(hold.handler, limits)
    await queue.enqueue(job())
    await hold.seen(1)

    for (let turn = 0; turn < 6; turn++) {
      await owner.query(`update pgboss.job set started_on = started_on - interval '30 s'`)
      const before = await startedOn()
      await clock.advance(20_000)
      while ((await startedOn()) === before) await clock.advance(0)
    }

    expect(hold.deliveries).toHaveLength(1)
    expect(hold.deliveries[0]?.delivery.signal.aborted).toBe(false)
    hold.endAll()
    await queue.stop()
    await queue.close()
  })

  it('works for other tenants while one has a long line', async () => {
    const queue = await open(new FakeClock())
    const hold = holding()
    for (let index = 0; index < 20; index++) await queue.enqueue(job({ deviceId: `a${index}` }))
    await queue.enqueue(job({ tenantId: testIds.tenantB, deviceId: 'b' }))

    await queue.work(hold.handler, { concurrency: 4, concurrencyPerTenant: 2 })
    await hold.seen(3)

    expect(hold.deliveries.map(({ delivery }) => delivery.job.deviceId).sort()).toEqual(['a0', 'a1', 'b'])
    expect(hold.deliveries.map(({ delivery }) => delivery.attempt)).toEqual([1, 1, 1])
    const stopped = queue.stop()
    hold.endAll()
    await stopped
    expect(await queue.size()).toBe(18)
    await queue.close()
  })

  it('fires the signals of running jobs when the grace is over', async () => {
    const clock = new FakeClock()
    const queue = await open(clock)
    const hold = holding()
    await queue.work(hold.handler, limits)
    await queue.enqueue(job())
    await hold.seen(1)
    hold.deliveries[0]?.delivery.signal.addEventListener('abort', () => hold.endAll())

    const stopped = queue.stop({ graceMs: 5000 })
    while (hold.deliveries[0]?.delivery.signal.aborted === false) await clock.advance(1000)

    await stopped
    await queue.close()
  })
}

async function countActive(): Promise<number> {
  const { rows } = await owner.query<{ count: string }>(
    `select count(*) from pgboss.job where state = 'active'`,
  )
  return Number(rows[0]?.count)
}

async function startedOn(): Promise<string> {
  const { rows } = await owner.query<{ at: string }>('select started_on::text as at from pgboss.job')
  return rows[0]?.at ?? ''
}

function describeFaults(): void {
  it('goes on when its connections were cut', async () => {
    const clock = new FakeClock()
    const queue = await open(clock)
    const hold = holding()
    await queue.work(hold.handler, limits)
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${harness().roles.appRole}'`,
    )

    await expect.poll(() => queue.enqueue(job()).catch(() => false), { timeout: 10_000 }).toBe(true)
    await clock.advance(2000)
    await hold.seen(1)

    hold.endAll()
    await queue.stop()
    await queue.close()
  })

  it('reports a server that is not there as STORAGE_UNAVAILABLE', async () => {
    const url = new URL(harness().appUrl)
    url.port = '1'

    await expectCode(open(new FakeClock(), { connectionString: url.toString() }), 'STORAGE_UNAVAILABLE')
  })

  it('may be made again, also by several at once', async () => {
    const { ownerUrl, roles } = harness()

    await Promise.all(
      Array.from({ length: 3 }, () => migrateQueue({ connectionString: ownerUrl, appRole: roles.appRole })),
    )
  })
}
