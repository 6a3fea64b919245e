import { expect } from 'vitest'
import type { BackupJob, JobDelivery, JobOutcome, JobQueue } from '../ports/job-queue.js'
import { type ContractOptions, describeContract, type OpenedPort, type OpenPort } from './contract-suite.js'
import { testIds } from './test-scopes.js'

/** A queue whose waits can be ended without waiting. */
export interface OpenedJobQueue extends OpenedPort<JobQueue> {
  /** Lets `ms` pass for the queue: retries that are due in it become due. */
  advance(ms: number): Promise<void>
}

const done: JobOutcome = { done: true }

function job(changes: Partial<BackupJob> = {}): BackupJob {
  return {
    tenantId: testIds.tenantA,
    deviceId: testIds.device1,
    trigger: 'scheduled',
    slot: 1000,
    ...changes,
  }
}

/** Ids of devices for jobs, of the shape that the wire has. */
function jobDevice(index: number): string {
  return `d2000000-0000-4000-8000-0000000000${index + 10}`
}

/** A handler that records what it gets, and a way to wait for it. */
function recorder(answer: (delivery: JobDelivery) => JobOutcome | Promise<JobOutcome> = () => done) {
  const deliveries: JobDelivery[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  return {
    deliveries,
    handler: async (delivery: JobDelivery) => {
      deliveries.push(delivery)
      for (const waiter of waiting) if (deliveries.length >= waiter.count) waiter.resolve()
      return answer(delivery)
    },
    /** Resolves when so many deliveries have come. */
    seen: (count: number) =>
      new Promise<void>((resolve) => {
        if (deliveries.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
  }
}

const limits = { concurrency: 10, concurrencyPerTenant: 10 }

/** What every `JobQueue` has to do. */
export function describeJobQueueContract(
  name: string,
  open: OpenPort<OpenedJobQueue>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as JobQueue`, open, cases, options)
}

const cases: Record<string, (opened: OpenedJobQueue) => Promise<void>> = {
  'hands a job to the worker as it was': async ({ port }) => {
    const record = recorder()
    await port.work(record.handler, limits)
    expect(await port.enqueue(job())).toBe(true)
    await record.seen(1)
    await port.stop()

    expect(record.deliveries[0]).toMatchObject({ job: job(), attempt: 1 })
  },

  'hands over jobs that came before the worker': async ({ port }) => {
    const record = recorder()
    await port.enqueue(job())
    await port.enqueue(job({ deviceId: testIds.device2 }))
    expect(await port.size()).toBe(2)
    await port.work(record.handler, limits)
    await record.seen(2)
    await port.stop()

    expect(await port.size()).toBe(0)
  },

  'takes one job per device and slot': async ({ port }) => {
    expect(await port.enqueue(job())).toBe(true)
    expect(await port.enqueue(job())).toBe(false)
    expect(await port.enqueue(job({ trigger: 'config-change' }))).toBe(false)
    expect(await port.enqueue(job({ slot: 2000 }))).toBe(true)
    expect(await port.enqueue(job({ deviceId: testIds.device2 }))).toBe(true)
    expect(await port.enqueue(job({ tenantId: testIds.tenantB }))).toBe(true)
  },

  'refuses a slot that was worked on already': async ({ port }) => {
    const record = recorder()
    await port.work(record.handler, limits)
    await port.enqueue(job())
    await record.seen(1)
    await port.stop()

    expect(await port.enqueue(job())).toBe(false)
    expect(record.deliveries).toHaveLength(1)
  },

  'takes one of many equal jobs that come at once': async ({ port }) => {
    const taken = await Promise.all(Array.from({ length: 8 }, () => port.enqueue(job())))

    expect(taken.filter((isTaken) => isTaken)).toHaveLength(1)
  },

  'gives a job again after the pause its handler asked for, and counts attempts': async ({
    port,
    advance,
  }) => {
    const record = recorder(({ attempt }) => (attempt < 3 ? { done: false, retryAfterMs: 5000 } : done))
    await port.work(record.handler, limits)
    await port.enqueue(job())
    await record.seen(1)
    await advance(5000)
    await record.seen(2)
    await advance(5000)
    await record.seen(3)
    await port.stop()

    expect(record.deliveries.map((delivery) => delivery.attempt)).toEqual([1, 2, 3])
    expect(await port.size()).toBe(0)
  },

  'drops a job whose handler wants no retry or throws': async ({ port }) => {
    const record = recorder(({ job: { deviceId } }) => {
      if (deviceId === testIds.device2) throw new Error('handler failed')
      return { done: false, retryAfterMs: null }
    })
    await port.work(record.handler, limits)
    await port.enqueue(job())
    await port.enqueue(job({ deviceId: testIds.device2 }))
    await record.seen(2)
    await port.stop()

    expect(record.deliveries).toHaveLength(2)
    expect(await port.size()).toBe(0)
  },

  'keeps the limits of all and of one tenant': async ({ port }) => {
    let running = 0
    let mostRunning = 0
    const perTenant = new Map<string, number>()
    let mostPerTenant = 0
    const record = recorder(async ({ job: { tenantId } }) => {
      running++
      perTenant.set(tenantId, (perTenant.get(tenantId) ?? 0) + 1)
      mostRunning = Math.max(mostRunning, running)
      mostPerTenant = Math.max(mostPerTenant, perTenant.get(tenantId) ?? 0)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running--
      perTenant.set(tenantId, (perTenant.get(tenantId) ?? 0) - 1)
      return done
    })
    for (let index = 0; index < 12; index++) {
      await port.enqueue(
        job({ deviceId: jobDevice(index), tenantId: index % 2 ? testIds.tenantA : testIds.tenantB }),
      )
    }
    await port.work(record.handler, { concurrency: 3, concurrencyPerTenant: 2 })
    await record.seen(12)
    await port.stop()

    expect(mostRunning).toBeLessThanOrEqual(3)
    expect(mostPerTenant).toBeLessThanOrEqual(2)
  },

  'lets running jobs end when it is stopped, and gives the rest back': async ({ port }) => {
    let end: () => void = () => {}
    const record = recorder(() => new Promise<JobOutcome>((resolve) => (end = () => resolve(done))))
    await port.work(record.handler, { concurrency: 1, concurrencyPerTenant: 1 })
    await port.enqueue(job())
    await record.seen(1)
    await port.enqueue(job({ deviceId: testIds.device2 }))
    const stopped = port.stop({ graceMs: 60_000 })
    end()
    await stopped

    expect(record.deliveries).toHaveLength(1)
    expect(await port.size()).toBe(1)
  },

  'refuses a second worker': async ({ port }) => {
    await port.work(recorder().handler, limits)

    await expect(port.work(recorder().handler, limits)).rejects.toThrow(TypeError)
    await port.stop()
  },
}
