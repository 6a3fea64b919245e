import type { RouterClock } from '../engine.js'
import type { SimClock, SleepOptions } from './sim-clock.js'
import { isKnownTimeZone, nextOffsetChange, zoneOffsetMinutes } from './time-zone.js'

/** What kind of clock hardware and surroundings a router has. */
export interface WallClockOptions {
  /** Router's UTC minus true UTC at first boot, ms; default 0. */
  readonly offsetMs?: number
  /** How much faster the router's clock runs, parts per million; default 0. */
  readonly driftPpm?: number
  /** False: after a reboot the clock starts at 1970-01-02 00:00:00 UTC. Default true. */
  readonly keepsTimeOverReboot?: boolean
  /** Uptime at which NTP sets the clock right after each boot; absent: never. */
  readonly ntpAfterMs?: number
}

/** Why sleeps and timers of a boot end. */
class RouterWentDown extends Error {
  override readonly name = 'RouterWentDown'
}

const firstDayOfAll = 86_400_000

/** A router's own idea of time: belief of UTC, zone, uptime; its sleeps and timers end with the boot. */
export class WallClock implements RouterClock {
  private readonly cancels = new Set<() => void>()
  private boot = new AbortController()
  private jumpListeners: (() => void)[] = []
  private bootedAt = 0
  private anchorUtc: number
  private anchorAt: number
  private zone = 'UTC'
  private manualOffset = 0
  private cancelZoneWatch: () => void = () => {}

  constructor(
    private readonly clock: SimClock,
    private readonly options: WallClockOptions = {},
  ) {
    this.anchorAt = clock.monotonicMs()
    this.bootedAt = this.anchorAt
    this.anchorUtc = clock.now() + (options.offsetMs ?? 0)
  }

  utcMs(): number {
    const passed = this.clock.monotonicMs() - this.anchorAt
    return Math.floor(this.anchorUtc + passed * (1 + (this.options.driftPpm ?? 0) / 1e6))
  }

  localMs(): number {
    return this.utcMs() + this.offsetMinutes() * 60_000
  }

  uptimeMs(): number {
    return Math.floor(this.clock.monotonicMs() - this.bootedAt)
  }

  setLocalMs(localMs: number): void {
    this.setUtcMs(localMs - this.offsetMinutes() * 60_000)
  }

  /** Sets the router's belief of UTC: NTP, or a fault. */
  setUtcMs(utcMs: number): void {
    this.anchorUtc = utcMs
    this.anchorAt = this.clock.monotonicMs()
    this.jumped()
  }

  setTimeZone(zone: string, manualOffsetMinutes = 0): void {
    const known = zone === 'manual' || zone === '' ? 'manual' : isKnownTimeZone(zone) ? zone : 'manual'
    const isStep = known !== this.zone || manualOffsetMinutes !== this.manualOffset
    this.zone = known
    this.manualOffset = manualOffsetMinutes
    if (isStep) this.jumped()
  }

  timeZone(): string {
    return this.zone
  }

  offsetMinutes(): number {
    return this.zone === 'manual' ? this.manualOffset : zoneOffsetMinutes(this.zone, this.utcMs())
  }

  sleep(ms: number, options: SleepOptions = {}): Promise<void> {
    const signal = options.signal ? AbortSignal.any([options.signal, this.boot.signal]) : this.boot.signal
    return this.clock.sleep(ms, { ...options, signal })
  }

  setTimer(ms: number, callback: () => void): () => void {
    const cancelTimer = this.clock.setTimer(ms, () => {
      this.cancels.delete(cancel)
      callback()
    })
    const cancel = () => {
      this.cancels.delete(cancel)
      cancelTimer()
    }
    this.cancels.add(cancel)
    return cancel
  }

  onJump(callback: () => void): void {
    this.jumpListeners.push(callback)
  }

  /** Power is back: uptime starts at 0, and without a clock battery so does the calendar. */
  startBoot(isFirst: boolean): void {
    this.boot = new AbortController()
    this.bootedAt = this.clock.monotonicMs()
    if (!isFirst && this.options.keepsTimeOverReboot === false) {
      this.anchorUtc = firstDayOfAll
      this.anchorAt = this.bootedAt
    }
    this.watchZone()
    const ntpAfterMs = this.options.ntpAfterMs
    if (ntpAfterMs !== undefined) this.setTimer(ntpAfterMs, () => this.setUtcMs(this.clock.now()))
  }

  /** Power goes: every sleep and timer of this boot ends. */
  endBoot(): void {
    for (const cancel of [...this.cancels]) cancel()
    this.boot.abort(new RouterWentDown('The router went down.'))
  }

  private jumped(): void {
    this.watchZone()
    for (const listener of this.jumpListeners) listener()
  }

  /** Summer time starts and ends are jumps of local time too. */
  private watchZone(): void {
    this.cancelZoneWatch()
    this.cancelZoneWatch = () => {}
    if (this.zone === 'manual') return
    const utcMs = this.utcMs()
    const change = nextOffsetChange(this.zone, utcMs)
    if (change !== undefined) this.cancelZoneWatch = this.setTimer(change - utcMs, () => this.jumped())
  }
}
