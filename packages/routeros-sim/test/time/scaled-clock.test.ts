import { describe, expect, it } from 'vitest'
import { createClock } from '../../src/time/create-clock.js'
import { ScaledClock } from '../../src/time/scaled-clock.js'

describe('a scaled clock', () => {
  it('runs so many times as fast as real time: an hour passes within the time limit of a test', async () => {
    const clock = new ScaledClock(10_000, 0)

    await clock.sleep(3_600_000)

    expect(clock.now()).toBeGreaterThanOrEqual(3_600_000)
  })

  it('waits for times beyond what a timer of the platform can hold', async () => {
    const clock = new ScaledClock(1e9)
    let hasFired = false
    clock.setTimer(2 ** 31 * 3, () => {
      hasFired = true
    })

    await clock.sleep(2 ** 31 * 4)

    expect(hasFired).toBe(true)
  })

  it('is known by name, with its factor', () => {
    expect(createClock('scaled:60')).toMatchObject({ factor: 60 })
    expect(createClock('real')).toMatchObject({ factor: 1 })
    expect(() => createClock('fast')).toThrow('Known: virtual, real, scaled:<factor>.')
    expect(() => createClock('scaled:0')).toThrow('above 0')
  })
})
