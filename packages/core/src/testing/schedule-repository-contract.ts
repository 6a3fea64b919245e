import { expect } from 'vitest'
import type { ScheduleRepository } from '../ports/schedule-repository.js'
import {
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope, testSystemScope } from './test-scopes.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const system = testSystemScope('dispatch')
const deviceId = testIds.device1

function dueDevice(index: number): string {
  return `d1000000-0000-4000-8000-0000000000${index + 10}`
}

/** What every `ScheduleRepository` has to do. */
export function describeScheduleRepositoryContract(
  name: string,
  open: OpenPort<OpenedPort<ScheduleRepository>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as ScheduleRepository`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<ScheduleRepository>) => Promise<void>> = {
  'keeps a row for a device and one for the tenant': async ({ port }) => {
    const own = await port.put(scope, { deviceId, cronExpression: '*/5 * * * *', enabled: false })
    const tenant = await port.put(scope, { deviceId: null, cronExpression: '0 3 * * *', enabled: true })

    expect(own).toEqual({
      id: own.id,
      tenantId: testIds.tenantA,
      deviceId,
      cronExpression: '*/5 * * * *',
      enabled: false,
    })
    expect(own.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    expect(await port.find(scope, deviceId)).toEqual(own)
    expect(await port.find(scope, null)).toEqual(tenant)
    expect(await port.find(scope, testIds.device2)).toBeUndefined()
  },

  'keeps the id when a row is updated': async ({ port }) => {
    for (const target of [deviceId, null]) {
      const first = await port.put(scope, { deviceId: target, cronExpression: '0 1 * * *', enabled: true })
      const second = await port.put(scope, { deviceId: target, cronExpression: '0 2 * * *', enabled: false })

      expect(second).toEqual({ ...first, cronExpression: '0 2 * * *', enabled: false })
    }
  },

  'makes one row when two put at once': async ({ port }) => {
    const rows = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        port.put(scope, { deviceId: null, cronExpression: `${index} 1 * * *`, enabled: true }),
      ),
    )

    expect(new Set(rows.map((row) => row.id)).size).toBe(1)
  },

  'removes a row': async ({ port }) => {
    await port.put(scope, { deviceId, cronExpression: '0 1 * * *', enabled: true })

    expect(await port.remove(other, deviceId)).toBe(false)
    expect(await port.remove(scope, deviceId)).toBe(true)
    expect(await port.remove(scope, deviceId)).toBe(false)
    expect(await port.find(scope, deviceId)).toBeUndefined()
  },

  'tells apart a due time, never, and not set': async ({ port }) => {
    expect(await port.findDue(scope, deviceId)).toBeUndefined()
    await port.setDue(scope, deviceId, 5000)
    expect(await port.findDue(scope, deviceId)).toBe(5000)
    await port.setDue(scope, deviceId, null)
    expect(await port.findDue(scope, deviceId)).toBeNull()
  },

  'claims what is due, oldest first, over all tenants': async ({ port }) => {
    await port.setDue(scope, testIds.device1, 3000)
    await port.setDue(other, testIds.device2, 1000)
    await port.setDue(scope, testIds.device3, 9000)
    await port.setDue(scope, 'd0000000-0000-4000-8000-000000000004', null)

    expect(await port.claimDue(system, { now: 3000, limit: 10, claimMs: 60_000 })).toEqual([
      { tenantId: testIds.tenantB, deviceId: testIds.device2, dueAt: 1000 },
      { tenantId: testIds.tenantA, deviceId: testIds.device1, dueAt: 3000 },
    ])
  },

  'claims no more than the limit, and nothing twice while the claim holds': async ({ port }) => {
    for (let index = 0; index < 5; index++) await port.setDue(scope, dueDevice(index), index)

    const first = await port.claimDue(system, { now: 100, limit: 3, claimMs: 1000 })
    const second = await port.claimDue(system, { now: 200, limit: 3, claimMs: 1000 })
    const third = await port.claimDue(system, { now: 300, limit: 3, claimMs: 1000 })

    expect(first.map((due) => due.deviceId)).toEqual([0, 1, 2].map(dueDevice))
    expect(second.map((due) => due.deviceId)).toEqual([3, 4].map(dueDevice))
    expect(third).toEqual([])
  },

  'gives each of two dispatchers other devices': async ({ port }) => {
    for (let index = 0; index < 20; index++) await port.setDue(scope, dueDevice(index), index)

    const claims = await Promise.all(
      Array.from({ length: 4 }, () => port.claimDue(system, { now: 100, limit: 10, claimMs: 1000 })),
    )

    const ids = claims.flat().map((due) => due.deviceId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(20)
  },

  'gives a device again when its claim ran out': async ({ port }) => {
    await port.setDue(scope, deviceId, 50)
    await port.claimDue(system, { now: 100, limit: 10, claimMs: 1000 })

    expect(await port.claimDue(system, { now: 1099, limit: 10, claimMs: 1000 })).toEqual([])
    expect(await port.claimDue(system, { now: 1100, limit: 10, claimMs: 1000 })).toHaveLength(1)
  },

  'moves a claimed device on': async ({ port }) => {
    await port.setDue(scope, deviceId, 50)
    await port.claimDue(system, { now: 100, limit: 10, claimMs: 100_000 })

    expect(await port.advance(scope, deviceId, { expectedDueAt: 50, nextDueAt: 500 })).toBe(true)

    expect(await port.findDue(scope, deviceId)).toBe(500)
    expect(await port.claimDue(system, { now: 499, limit: 10, claimMs: 1000 })).toEqual([])
    expect(await port.claimDue(system, { now: 500, limit: 10, claimMs: 1000 })).toHaveLength(1)
  },

  'does not move a device on whose due time was changed meanwhile': async ({ port }) => {
    await port.setDue(scope, deviceId, 50)
    await port.claimDue(system, { now: 100, limit: 10, claimMs: 100_000 })
    await port.setDue(scope, deviceId, 80)

    expect(await port.advance(scope, deviceId, { expectedDueAt: 50, nextDueAt: 500 })).toBe(false)
    expect(await port.advance(other, deviceId, { expectedDueAt: 80, nextDueAt: 500 })).toBe(false)
    expect(await port.findDue(scope, deviceId)).toBe(80)
    expect(await port.claimDue(system, { now: 100, limit: 10, claimMs: 1000 })).toHaveLength(1)
  },

  'keeps tenants apart': async ({ port }) => {
    await port.put(scope, { deviceId, cronExpression: '0 1 * * *', enabled: true })
    await port.put(scope, { deviceId: null, cronExpression: '0 1 * * *', enabled: true })
    await port.setDue(scope, deviceId, 50)

    expect(await port.find(other, deviceId)).toBeUndefined()
    expect(await port.find(other, null)).toBeUndefined()
    expect(await port.findDue(other, deviceId)).toBeUndefined()
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    const forged = forgedScope()

    await expectCode(port.find(forged, deviceId), 'SCOPE_INVALID')
    await expectCode(
      port.put(forged, { deviceId, cronExpression: '* * * * *', enabled: true }),
      'SCOPE_INVALID',
    )
    await expectCode(port.remove(forged, deviceId), 'SCOPE_INVALID')
    await expectCode(port.setDue(forged, deviceId, 1), 'SCOPE_INVALID')
    await expectCode(port.findDue(forged, deviceId), 'SCOPE_INVALID')
    await expectCode(port.advance(forged, deviceId, { expectedDueAt: 1, nextDueAt: 2 }), 'SCOPE_INVALID')
    await expectCode(port.claimDue(forged as never, { now: 1, limit: 1, claimMs: 1 }), 'SCOPE_INVALID')
  },
}
