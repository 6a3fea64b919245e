import { FakeClock } from '@tod/core/testing'
import { describe, expect, it } from 'vitest'
import { DeviceTimeoutError, withDeadline } from '../../src/index.js'

const onTimeout = () => new DeviceTimeoutError({ deviceId: 'd', step: 'connect', timeoutMs: 1000 })

describe('FakeClock', () => {
  it('wakes sleepers in order of their due time', async () => {
    const clock = new FakeClock(0)
    const woken: string[] = []
    void clock.sleep(20).then(() => woken.push(`late at ${clock.now()}`))
    void clock.sleep(10).then(() => woken.push(`early at ${clock.now()}`))

    await clock.advance(30)

    expect(woken).toEqual(['early at 10', 'late at 20'])
    expect(clock.now()).toBe(30)
  })

  it('gives a sleep up when its signal fires', async () => {
    const clock = new FakeClock()
    const stop = new AbortController()
    const sleeping = clock.sleep(10, { signal: stop.signal })

    stop.abort()

    await expect(sleeping).rejects.toMatchObject({ code: 'OPERATION_ABORTED' })
    expect(clock.pending).toBe(0)
  })
})

describe('withDeadline', () => {
  it('gives the result of work that ends in time, and its timer back', async () => {
    const clock = new FakeClock()
    const work = withDeadline({ clock, timeoutMs: 1000, onTimeout }, async () => {
      await clock.sleep(999)
      return 'done'
    })

    await expect(clock.runToEnd(work)).resolves.toBe('done')
    await clock.advance(0)
    expect(clock.pending).toBe(0)
  })

  it('rejects at the limit even when the work ignores its signal', async () => {
    const clock = new FakeClock(0)
    const work = withDeadline({ clock, timeoutMs: 1000, onTimeout }, () => new Promise(() => {}))

    await expect(clock.runToEnd(work)).rejects.toMatchObject({ code: 'DEVICE_TIMEOUT' })
    expect(clock.now()).toBe(1000)
  })

  it('passes the caller’s abort on', async () => {
    const clock = new FakeClock()
    const stop = new AbortController()
    const work = withDeadline({ clock, timeoutMs: 1000, onTimeout, signal: stop.signal }, (signal) =>
      clock.sleep(5000, { signal }),
    )

    stop.abort()

    await expect(work).rejects.toMatchObject({ code: 'OPERATION_ABORTED' })
  })
})
