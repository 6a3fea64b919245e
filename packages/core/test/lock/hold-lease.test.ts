import { FakeClock, InMemoryDeviceLock, testIds, testScope } from '@tod/core/testing'
import { describe, expect, it } from 'vitest'
import { type DeviceLock, platformRandom, StorageUnavailableError } from '../../src/index.js'
import { takeLease, waitForLease } from '../../src/lock/hold-lease.js'

const scope = testScope()
const deviceId = testIds.device1

function open(change: (inner: InMemoryDeviceLock) => Partial<DeviceLock> = () => ({})) {
  const clock = new FakeClock()
  const inner = new InMemoryDeviceLock(clock)
  const locks: DeviceLock = {
    acquire: (...args) => inner.acquire(...args),
    renew: (...args) => inner.renew(...args),
    release: (...args) => inner.release(...args),
    holder: (...args) => inner.holder(...args),
    ...change(inner),
  }
  return { clock, inner, ports: { clock, locks, random: platformRandom } }
}

describe('a held lease', () => {
  it('renews itself for as long as it is held', async () => {
    const { clock, inner, ports } = open()
    const held = await takeLease(ports, scope, deviceId, 'push')

    await clock.advance(3_600_000)

    expect(held?.lost.aborted).toBe(false)
    expect((await inner.holder(scope, deviceId))?.fencingToken).toBe(held?.lease.fencingToken)
    await held?.release()
    expect(await inner.holder(scope, deviceId)).toBeUndefined()
    expect(clock.pending).toBe(0)
  })

  it('is lost as soon as another has taken over', async () => {
    const { clock, inner, ports } = open()
    const held = await takeLease(ports, scope, deviceId, 'push')
    await inner.expireLease(scope, deviceId)
    await inner.acquire(scope, deviceId, { holder: 'other', purpose: 'recovery', leaseMs: 60_000 })

    await expect(held?.confirm()).rejects.toMatchObject({ code: 'LEASE_LOST' })
    await clock.advance(15_000)

    expect(held?.lost.aborted).toBe(true)
    expect(held?.lost.reason).toMatchObject({ code: 'LEASE_LOST' })
    await held?.release()
    expect((await inner.holder(scope, deviceId))?.holder).toBe('other')
  })

  it('stands a store that is away for a moment, and is lost before it could have run out', async () => {
    let isAway = true
    const { clock, ports } = open((inner) => ({
      renew: (...args) =>
        isAway ? Promise.reject(new StorageUnavailableError({ store: 'database' })) : inner.renew(...args),
    }))
    const held = await takeLease(ports, scope, deviceId, 'push')
    await clock.advance(20_000)
    expect(held?.lost.aborted).toBe(false)
    isAway = false
    await clock.advance(15_000)
    isAway = true
    await clock.advance(59_000)

    expect(held?.lost.aborted).toBe(true)
    await held?.release()
  })

  it('is waited for until the other gives it back, or patience ends', async () => {
    const { clock, ports } = open()
    const first = await takeLease(ports, scope, deviceId, 'backup')
    const waiting = waitForLease(ports, scope, deviceId, 'push', { waitMs: 10_000 })
    await clock.advance(3000)
    await first?.release()

    const second = await clock.runToEnd(waiting)
    expect(second?.lease.purpose).toBe('push')
    const third = waitForLease(ports, scope, deviceId, 'push', { waitMs: 5000 })
    expect(await clock.runToEnd(third)).toBeUndefined()
    await second?.release()
  })
})
