import { beforeEach, describe, expect, it } from 'vitest'
import type { BackupJob, JobQueue } from '../../src/index.js'
import { Dispatcher } from '../../src/schedule/dispatcher.js'
import { nextDueTime } from '../../src/schedule/due-time.js'
import { ScheduleService } from '../../src/schedule/schedule-service.js'
import {
  FakeClock,
  InMemoryAuditLog,
  InMemoryDeviceDirectory,
  InMemoryScheduleRepository,
  openGuard,
  testIds,
  testScope,
  testSystemScope,
} from '../../src/testing/index.js'

const dayMs = 86_400_000
const scope = testScope()
const { device1, device2, tenantA } = testIds

/** A queue that keeps each slot once and does not work on any. */
class CollectingQueue implements JobQueue {
  readonly jobs: BackupJob[] = []
  async enqueue(job: BackupJob): Promise<boolean> {
    const isNew = !this.jobs.some((other) => other.deviceId === job.deviceId && other.slot === job.slot)
    if (isNew) this.jobs.push(job)
    return isNew
  }
  async work(): Promise<void> {}
  async stop(): Promise<void> {}
  async size(): Promise<number> {
    return this.jobs.length
  }
}

describe('schedules', () => {
  let clock: FakeClock
  let schedules: InMemoryScheduleRepository
  let queue: CollectingQueue
  let service: ScheduleService
  let dispatcher: Dispatcher

  beforeEach(async () => {
    clock = new FakeClock()
    schedules = new InMemoryScheduleRepository()
    queue = new CollectingQueue()
    const devices = new InMemoryDeviceDirectory()
    for (const deviceId of [device1, device2]) {
      await devices.put(scope, { deviceId, name: deviceId, host: '192.0.2.1', port: 22 })
    }
    const audit = new InMemoryAuditLog()
    service = new ScheduleService({ schedules, devices, guard: openGuard, audit, clock })
    dispatcher = new Dispatcher({ schedules, queue, guard: openGuard, clock })
  })

  it('answer the synthetic default until somebody sets one', async () => {
    expect(await service.find(scope, device1)).toEqual({
      id: null,
      tenantId: tenantA,
      deviceId: null,
      cronExpression: '0 2 * * *',
      enabled: true,
      isDefault: true,
    })
  })

  it('of a device win over those of its tenant', async () => {
    await service.putTenantDefault(scope, { cronExpression: '0 4 * * *', enabled: true })
    await service.put(scope, device1, { cronExpression: '0 6 * * *', enabled: true })

    expect(await service.find(scope, device1)).toMatchObject({
      cronExpression: '0 6 * * *',
      isDefault: false,
    })
    expect(await service.find(scope, device2)).toMatchObject({ cronExpression: '0 4 * * *', isDefault: true })
  })

  it('make each known device come due once a day by default', async () => {
    await service.adoptDevices(testSystemScope())

    for (let hour = 0; hour < 48; hour++) {
      await clock.advance(dayMs / 24)
      await dispatcher.dispatchDue()
    }

    expect(queue.jobs.map((job) => job.deviceId).sort()).toEqual([device1, device1, device2, device2])
  })

  it('take effect at once when they change', async () => {
    await service.adoptDevices(testSystemScope())

    await service.put(scope, device1, { cronExpression: '*/5 * * * *', enabled: true })
    await clock.advance(10 * 60_000)
    await dispatcher.dispatchDue()

    expect(queue.jobs.map((job) => job.deviceId)).toEqual([device1])
  })

  it('that are switched off make nothing due', async () => {
    await service.put(scope, device1, { cronExpression: '* * * * *', enabled: false })

    await clock.advance(dayMs)
    await dispatcher.dispatchDue()

    expect(queue.jobs).toEqual([])
  })

  it('make a device come due once after a pause, not once for each missed time', async () => {
    await service.put(scope, device1, { cronExpression: '0 * * * *', enabled: true })

    await clock.advance(3 * dayMs)
    await dispatcher.dispatchDue()

    expect(queue.jobs).toHaveLength(1)
    expect(await schedules.findDue(scope, device1)).toBe(nextDueTime('0 * * * *', device1, clock.now()))
  })

  it('are refused for a device that is not there', async () => {
    const unknown = service.put(scope, testIds.device3, { cronExpression: '0 2 * * *', enabled: true })

    await expect(unknown).rejects.toMatchObject({ code: 'DEVICE_NOT_FOUND' })
  })

  it('leave what was there when the new expression does not parse', async () => {
    await service.put(scope, device1, { cronExpression: '0 6 * * *', enabled: true })

    await expect(
      service.put(scope, device1, { cronExpression: 'nonsense', enabled: true }),
    ).rejects.toMatchObject({ code: 'SCHEDULE_INVALID' })

    expect(await service.find(scope, device1)).toMatchObject({ cronExpression: '0 6 * * *' })
  })
})
