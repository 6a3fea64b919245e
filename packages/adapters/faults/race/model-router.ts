import type { Clock } from '@tod/core'

/** A scheduler entry of the model. */
interface Entry {
  readonly name: string
  disabled: boolean
  readonly intervalMs: number
  /** Local time at which it is due; null for the entry that runs at boot. */
  dueAt: number | null
  runCount: number
}

/** What makes one router unlike another. */
export interface RouterTraits {
  /** Its seconds per second of ours. */
  readonly clockRate: number
  /** Steps of its wall clock: when, and by how much, ms. */
  readonly jumps: readonly { readonly at: number; readonly byMs: number }[]
  readonly loadMs: number
  readonly bootMs: number
  readonly importMs: number
}

interface Happening {
  readonly at: number
  readonly order: number
  readonly happen: () => void
}

/**
 * A router as far as the race between our disarming and its guard needs it: a wall clock with its own pace and steps,
 * an uptime, scheduler entries, one configuration value, a backup that takes time to load and then restarts it. A load
 * that has begun cannot be stopped by removing the entry that began it.
 */
export class ModelRouter {
  identity = 'old'
  readonly files = new Map<string, string>()
  entries: Entry[] = []
  hasStep = false
  isUp = true
  /** Our time of each load that began. */
  readonly loads: number[] = []
  private bootedAt = 0
  private jobs = 0
  private saved: string | undefined
  private wallOffset: number
  private now = 0
  private order = 0
  private happenings: Happening[] = []
  private generation = 0

  constructor(
    private readonly clock: Clock,
    private readonly traits: RouterTraits,
  ) {
    this.wallOffset = clock.now()
    for (const jump of traits.jumps) {
      this.at(jump.at, () => {
        this.wallOffset += jump.byMs
        this.planGuard()
      })
    }
  }

  /** Lets everything happen that was due up to now. */
  catchUp(): void {
    const until = this.clock.monotonicMs()
    for (;;) {
      const next = this.happenings[0]
      if (next === undefined || next.at > until) break
      this.happenings.shift()
      this.now = Math.max(this.now, next.at)
      next.happen()
    }
    this.now = until
  }

  /** Local time, whole seconds, ms. */
  wall(): number {
    return Math.floor((this.wallOffset + this.now * this.traits.clockRate) / 1000) * 1000
  }

  uptimeMs(): number {
    return Math.floor(((this.now - this.bootedAt) * this.traits.clockRate) / 1000) * 1000
  }

  arm(timed: string, boot: string, intervalMs: number): void {
    const dueAt = this.wall() + intervalMs
    this.entries.push({ name: boot, disabled: false, intervalMs: 0, dueAt: null, runCount: 0 })
    this.entries.push({ name: timed, disabled: false, intervalMs, dueAt, runCount: 0 })
    this.planGuard()
  }

  extend(timed: string): void {
    const entry = this.entries.find((one) => one.name === timed)
    if (entry === undefined) return
    entry.dueAt = this.wall() + entry.intervalMs
    this.planGuard()
  }

  remove(names: readonly string[]): void {
    this.entries = this.entries.filter((entry) => !names.includes(entry.name))
    this.planGuard()
  }

  saveBackup(): void {
    this.saved = this.identity
  }

  /** Begins to load the backup; the router answers on until it goes down. */
  load(): void {
    const backup = this.saved
    if (backup === undefined) return
    this.loads.push(this.now)
    const { generation } = this
    this.at(this.now + this.traits.loadMs, () => {
      if (generation === this.generation) this.restart(backup)
    })
  }

  /** The detached import: refuses without its guard, waits a second, changes the value, says so. */
  launch(guards: readonly string[], outcomeFile: string, nonce: string, value: string): string {
    this.jobs++
    const { generation } = this
    const step = (afterMs: number, act: () => void) =>
      this.at(this.now + afterMs, () => {
        if (generation !== this.generation) return
        const isGuarded = guards.every((name) =>
          this.entries.some((one) => one.name === name && !one.disabled),
        )
        if (isGuarded) act()
        else this.jobs = 0
      })
    step(0, () => {
      this.hasStep = true
      this.files.set(outcomeFile, `${nonce} running`)
      step(1000, () => {
        this.at(this.now + this.traits.importMs, () => {
          if (generation !== this.generation) return
          this.identity = value
          this.jobs = 0
          this.files.set(outcomeFile, `${nonce} success`)
        })
      })
    })
    this.catchUp()
    return '*1'
  }

  jobCount(): number {
    return this.jobs
  }

  private restart(identity: string): void {
    this.generation++
    this.isUp = false
    this.jobs = 0
    this.hasStep = false
    this.identity = identity
    this.entries = []
    this.at(this.now + this.traits.bootMs, () => {
      this.isUp = true
      this.bootedAt = this.now
    })
  }

  private planGuard(): void {
    for (const entry of this.entries) {
      if (entry.dueAt === null || entry.disabled) continue
      const { dueAt } = entry
      const waitMs = (dueAt - (this.wallOffset + this.now * this.traits.clockRate)) / this.traits.clockRate
      this.at(this.now + Math.max(0, waitMs), () => {
        const isDue = this.entries.includes(entry) && entry.dueAt === dueAt && this.wall() >= dueAt - 1
        if (!isDue) return
        entry.runCount++
        entry.dueAt = dueAt + entry.intervalMs
        this.load()
      })
    }
  }

  private at(at: number, happen: () => void): void {
    this.happenings.push({ at, order: this.order++, happen })
    this.happenings.sort((one, other) => one.at - other.at || one.order - other.order)
  }
}
