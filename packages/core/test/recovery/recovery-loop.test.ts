import { FakeClock } from '@tod/core/testing'
import { describe, expect, it } from 'vitest'
import { type RecoveryOutcome, runRecovery } from '../../src/index.js'

const open: RecoveryOutcome = { operationId: 'o', deviceId: 'd', outcome: 'open' }

describe('the recovery loop', () => {
  it('tries open operations again with growing pauses, and goes back to its rhythm when all have ended', async () => {
    const clock = new FakeClock(0)
    const stop = new AbortController()
    const passes: number[] = []
    const running = runRecovery({
      clock,
      signal: stop.signal,
      recover: async () => {
        passes.push(clock.now() / 1000)
        return passes.length < 5 ? [open] : []
      },
      onError: () => {},
    })

    await clock.advance(150_000)
    stop.abort()
    await running

    expect(passes).toEqual([0, 5, 15, 35, 75, 105, 135])
  })

  it('goes on when a pass fails as a whole', async () => {
    const clock = new FakeClock(0)
    const stop = new AbortController()
    const errors: unknown[] = []
    const running = runRecovery({
      clock,
      signal: stop.signal,
      recover: () => Promise.reject(new Error('database away')),
      onError: (error) => errors.push(error),
    })

    await clock.advance(20_000)
    stop.abort()
    await running

    expect(errors.length).toBe(3)
  })
})
