import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../src/time/virtual-clock.js'
import { WallClock, type WallClockOptions } from '../../src/time/wall-clock.js'

function start(options: WallClockOptions = {}, startMs = Date.UTC(2026, 0, 5, 10)) {
  const clock = new VirtualClock({ startMs })
  const wall = new WallClock(clock, options)
  wall.startBoot(true)
  return { clock, wall }
}

describe("a router's wall clock", () => {
  it('follows true time with its offset and drift', async () => {
    const { clock, wall } = start({ offsetMs: 5000, driftPpm: 1000 })

    await clock.advance(1_000_000)

    expect(wall.utcMs() - clock.now()).toBe(6000)
  })

  it('shows local time by zone, summer time included, and tells of the step', async () => {
    const { clock, wall } = start({}, Date.UTC(2026, 2, 29, 0, 59, 0))
    let jumps = 0
    wall.setTimeZone('Europe/Riga')
    wall.onJump(() => jumps++)

    const before = wall.offsetMinutes()
    await clock.advance(120_000)

    expect([before, wall.offsetMinutes(), jumps]).toEqual([120, 180, 1])
  })

  it('jumps when it is set, without touching uptime', async () => {
    const { clock, wall } = start()
    await clock.advance(5000)
    let jumps = 0
    wall.onJump(() => jumps++)

    wall.setLocalMs(Date.UTC(2030, 0, 1))

    expect([wall.localMs(), wall.uptimeMs(), jumps]).toEqual([Date.UTC(2030, 0, 1), 5000, 1])
  })

  it('wakes in 1970 without a clock battery until NTP answers', async () => {
    const { clock, wall } = start({ keepsTimeOverReboot: false, ntpAfterMs: 90_000 })
    await clock.advance(100_000)

    wall.endBoot()
    wall.startBoot(false)
    const early = new Date(wall.localMs()).getUTCFullYear()
    await clock.advance(90_000)

    expect([early, new Date(wall.localMs()).getUTCFullYear()]).toEqual([1970, 2026])
  })

  it('ends sleeps and timers with the boot they belong to', async () => {
    const { clock, wall } = start()
    let fired = 0
    wall.setTimer(1000, () => fired++)
    const sleeping = wall.sleep(1000, { background: true })

    wall.endBoot()
    await expect(sleeping).rejects.toThrow('went down')
    wall.startBoot(false)
    await clock.advance(2000)

    expect([fired, wall.uptimeMs()]).toEqual([0, 2000])
  })
})
