import { expect } from 'vitest'
import type { TenantScope } from '../access/tenant-scope.js'
import type { DeviceLock } from '../ports/device-lock.js'
import {
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope } from './test-scopes.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const deviceId = testIds.device1

/** A lock store whose leases can be made to run out without waiting. */
export interface OpenedDeviceLock extends OpenedPort<DeviceLock> {
  /** Makes the present lease of the device run out, as if its time had passed. */
  expireLease(scope: TenantScope, deviceId: string): Promise<void>
}

function request(holder: string) {
  return { holder, purpose: 'push', leaseMs: 60_000 } as const
}

/** What every `DeviceLock` has to do. */
export function describeDeviceLockContract(
  name: string,
  open: OpenPort<OpenedDeviceLock>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as DeviceLock`, open, cases, options)
}

const cases: Record<string, (opened: OpenedDeviceLock) => Promise<void>> = {
  'gives the device to one holder at a time': async ({ port }) => {
    const first = await port.acquire(scope, deviceId, request('one'))
    const second = await port.acquire(scope, deviceId, request('two'))

    expect(first).toMatchObject({ deviceId, tenantId: testIds.tenantA, holder: 'one', purpose: 'push' })
    expect(second).toBeUndefined()
  },

  'gives it to one of many who ask at once': async ({ port }) => {
    const leases = await Promise.all(
      Array.from({ length: 10 }, (_, index) => port.acquire(scope, deviceId, request(`racer ${index}`))),
    )

    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1)
  },

  'does not let the same holder take it twice': async ({ port }) => {
    await port.acquire(scope, deviceId, request('one'))

    expect(await port.acquire(scope, deviceId, request('one'))).toBeUndefined()
  },

  'gives it again after release, with a higher fencing token': async ({ port }) => {
    const first = await port.acquire(scope, deviceId, request('one'))
    if (first) await port.release(scope, first)
    const second = await port.acquire(scope, deviceId, request('two'))

    expect(second?.fencingToken).toBeGreaterThan(first?.fencingToken ?? Number.NaN)
  },

  'gives it again after the lease ran out, with a higher fencing token': async ({ port, expireLease }) => {
    const first = await port.acquire(scope, deviceId, request('one'))
    await expireLease(scope, deviceId)
    const second = await port.acquire(scope, deviceId, request('two'))

    expect(second?.holder).toBe('two')
    expect(second?.fencingToken).toBeGreaterThan(first?.fencingToken ?? Number.NaN)
  },

  'renews for the holder': async ({ port }) => {
    const lease = await port.acquire(scope, deviceId, request('one'))
    if (lease === undefined) throw new Error('not acquired')
    const renewed = await port.renew(scope, lease, 120_000)

    expect(renewed.fencingToken).toBe(lease.fencingToken)
    expect(renewed.expiresAt).toBeGreaterThan(lease.expiresAt)
  },

  'does not renew a lease that ran out, even when nobody took it': async ({ port, expireLease }) => {
    const lease = await port.acquire(scope, deviceId, request('one'))
    if (lease === undefined) throw new Error('not acquired')
    await expireLease(scope, deviceId)

    await expectCode(port.renew(scope, lease, 60_000), 'LEASE_LOST')
  },

  'does not renew or release for a holder that was replaced': async ({ port, expireLease }) => {
    const old = await port.acquire(scope, deviceId, request('one'))
    if (old === undefined) throw new Error('not acquired')
    await expireLease(scope, deviceId)
    await port.acquire(scope, deviceId, request('two'))

    await expectCode(port.renew(scope, old, 60_000), 'LEASE_LOST')
    await port.release(scope, old)
    expect((await port.holder(scope, deviceId))?.holder).toBe('two')
  },

  'does not renew a lease that was released': async ({ port }) => {
    const lease = await port.acquire(scope, deviceId, request('one'))
    if (lease === undefined) throw new Error('not acquired')
    await port.release(scope, lease)
    await port.release(scope, lease)

    await expectCode(port.renew(scope, lease, 60_000), 'LEASE_LOST')
  },

  'tells who holds it now': async ({ port, expireLease }) => {
    expect(await port.holder(scope, deviceId)).toBeUndefined()
    const lease = await port.acquire(scope, deviceId, request('one'))
    expect(await port.holder(scope, deviceId)).toEqual(lease)

    await expireLease(scope, deviceId)

    expect(await port.holder(scope, deviceId)).toBeUndefined()
  },

  'keeps devices and tenants apart': async ({ port }) => {
    await port.acquire(scope, deviceId, request('one'))

    expect(await port.acquire(scope, testIds.device2, request('two'))).toBeDefined()
    expect(await port.holder(other, deviceId)).toBeUndefined()
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    const lease = await port.acquire(scope, deviceId, request('one'))
    if (lease === undefined) throw new Error('not acquired')

    await expectCode(port.acquire(forgedScope(), testIds.device2, request('x')), 'SCOPE_INVALID')
    await expectCode(port.renew(forgedScope(), lease, 1000), 'SCOPE_INVALID')
    await expectCode(port.release(forgedScope(), lease), 'SCOPE_INVALID')
    await expectCode(port.holder(forgedScope(), deviceId), 'SCOPE_INVALID')
  },
}
