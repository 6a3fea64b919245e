import type { SchedulerState } from '../engine.js'
import { formatDate, formatTime } from '../export/export-header.js'
import { parseDuration } from '../language/durations.js'
import type { RouterCore } from '../router-core.js'
import type { ConfigItem } from '../state/config-item.js'
import type { ConfigMenu } from '../state/config-menu.js'
import { grantedPolicies } from '../state/user-policies.js'
import { parseDate, parseTimeOfDay } from './local-date.js'
import { type NextRun, nextOnDays, nextRun, type ScheduleStart } from './schedule-grid.js'

const MENU = '/system scheduler'

interface EntryState {
  /** Properties the times follow from; when they change, the next run is computed anew. */
  signature: string
  next: NextRun
  runCount: number
}

/** Runs the entries of `/system scheduler`. What it counts lives in RAM: a reboot forgets it. */
export class SchedulerTable {
  readonly #router: RouterCore
  readonly #entries = new Map<number, EntryState>()
  #cancelTimer: () => void = () => {}
  #running = false

  constructor(router: RouterCore) {
    this.#router = router
  }

  /** The console is up: entries get their next run, those for startup soon run. */
  boot(): void {
    this.#entries.clear()
    this.#running = true
    this.#router.host.clock.onJump(() => this.#due(true))
    this.#update(true)
  }

  shutdown(): void {
    this.#running = false
    this.#cancelTimer()
    this.#entries.clear()
  }

  /** Looks at the entries after a change of configuration. */
  refresh(): void {
    if (!this.#running) return
    if (this.#entries.size === 0 && (this.#menu()?.items.length ?? 0) === 0) return
    this.#update(false)
  }

  /** Text of `next-run` as this version shows it; undefined when there is none. */
  nextRunText(item: ConfigItem): string | undefined {
    const localMs = this.#nextLocalMs(item)
    if (localMs === undefined) return undefined
    const { version } = this.#router.settings
    return `${formatDate(localMs, version)} ${formatTime(localMs)}`
  }

  runCount(item: ConfigItem): number {
    return this.#entries.get(item.id)?.runCount ?? 0
  }

  /** The entries as a test sees them. */
  states(): SchedulerState[] {
    const menu = this.#menu()
    if (menu === undefined) return []
    return menu.items.map((item) => {
      const nextRunMs = this.#nextLocalMs(item)
      return {
        name: menu.read(item, 'name') ?? '',
        disabled: menu.read(item, 'disabled') === 'yes',
        runCount: this.runCount(item),
        intervalMs: parseDuration(menu.read(item, 'interval') ?? '0s') ?? 0,
        ...(nextRunMs === undefined ? {} : { nextRunMs }),
        onEvent: menu.read(item, 'on-event') ?? '',
      }
    })
  }

  /** True when device-mode keeps entries from running. */
  isInactivated(): boolean {
    return this.#router.settings.behaviour.deviceMode === 'home'
  }

  #menu(): ConfigMenu | undefined {
    return this.#router.config.menu(MENU)
  }

  #now(): { localMs: number; uptimeMs: number } {
    const { clock } = this.#router.host
    return { localMs: clock.localMs(), uptimeMs: clock.uptimeMs() }
  }

  #nextLocalMs(item: ConfigItem): number | undefined {
    const next = this.#entries.get(item.id)?.next
    if (next === undefined || next.by === 'never') return undefined
    if (next.by === 'clock') return next.localMs
    const now = this.#now()
    return now.localMs + next.uptimeMs - now.uptimeMs
  }

  #startOf(menu: ConfigMenu, item: ConfigItem): ScheduleStart {
    const time = menu.read(item, 'start-time') ?? '00:00:00'
    if (time === 'startup') return { kind: 'startup' }
    const date = parseDate(menu.read(item, 'start-date') ?? '') ?? 0
    return { kind: 'time', startMs: date + (parseTimeOfDay(time) ?? 0) }
  }

  #compute(menu: ConfigMenu, item: ConfigItem, atBoot: boolean): NextRun {
    if (menu.read(item, 'disabled') === 'yes' || this.isInactivated()) return { by: 'never' }
    const { schedulerRegression } = this.#router.settings.behaviour
    if (schedulerRegression && item.base.has('.default-start')) return { by: 'never' }
    const intervalMs = parseDuration(menu.read(item, 'interval') ?? '0s') ?? 0
    const start = this.#startOf(menu, item)
    const days = menu.read(item, 'days') ?? 'always'
    if (days !== 'always' && start.kind === 'time') {
      const localMs = nextOnDays(start.startMs, intervalMs, days.split(','), this.#now().localMs)
      return localMs === undefined ? { by: 'never' } : { by: 'clock', localMs }
    }
    return nextRun(start, intervalMs, this.#now(), atBoot)
  }

  #update(atBoot: boolean): void {
    const menu = this.#menu()
    const present = new Set<number>()
    for (const item of menu?.items ?? []) {
      if (menu === undefined) break
      present.add(item.id)
      const signature = ['start-date', 'start-time', 'interval', 'disabled', 'days', '.default-start']
        .map((property) => menu.read(item, property) ?? '')
        .join('|')
      const known = this.#entries.get(item.id)
      if (known?.signature === signature && !atBoot) continue
      const next = this.#compute(menu, item, atBoot)
      this.#entries.set(item.id, { signature, next, runCount: known?.runCount ?? 0 })
    }
    for (const id of [...this.#entries.keys()]) if (!present.has(id)) this.#entries.delete(id)
    this.#setTimer()
  }

  #setTimer(): void {
    this.#cancelTimer()
    const now = this.#now()
    let waitMs = Number.POSITIVE_INFINITY
    for (const { next } of this.#entries.values()) {
      if (next.by === 'clock') waitMs = Math.min(waitMs, next.localMs - now.localMs)
      if (next.by === 'uptime') waitMs = Math.min(waitMs, next.uptimeMs - now.uptimeMs)
    }
    if (!Number.isFinite(waitMs)) return
    // Timers of the platform hold 24 days; a longer wait is looked at again then.
    const step = Math.min(Math.max(0, waitMs), 2_000_000_000)
    this.#cancelTimer = this.#router.host.clock.setTimer(step, () => this.#due(false))
  }

  #due(jumped: boolean): void {
    if (!this.#running) return
    const menu = this.#menu()
    const now = this.#now()
    for (const item of [...(menu?.items ?? [])]) {
      const state = this.#entries.get(item.id)
      if (menu === undefined || state === undefined || state.next.by === 'never') continue
      const isDue =
        state.next.by === 'clock' ? state.next.localMs <= now.localMs : state.next.uptimeMs <= now.uptimeMs
      if (!isDue) continue
      const passedByJump = jumped && state.next.by === 'clock' && state.next.localMs < now.localMs
      const skips = passedByJump && this.#router.settings.behaviour.schedulerJumps === 'skip'
      state.next = this.#compute(menu, item, false)
      if (skips) continue
      state.runCount += 1
      void this.#run(menu, item)
    }
    this.#setTimer()
  }

  async #run(menu: ConfigMenu, item: ConfigItem): Promise<void> {
    const name = menu.read(item, 'name') ?? ''
    const event = menu.read(item, 'on-event') ?? ''
    const policies = grantedPolicies(menu.read(item, 'policy') ?? '')
    const user = menu.read(item, 'owner') ?? 'admin'
    const refusal = await this.#router.host.checkpoint({ at: 'scheduler-run', name })
    if (refusal !== undefined) {
      this.#router.log('script,error', `(scheduler:${name}) ${refusal}`)
      return
    }
    const script = this.#router.scriptNamed(event)
    if (script !== undefined) {
      const missing = [...grantedPolicies(script.policy)].some((policy) => !policies.has(policy))
      if (missing) {
        this.#router.log('script,error', `(scheduler:${name}) not enough permissions (9)`)
        return
      }
    }
    this.#router.jobs.start({
      name: script?.name ?? '',
      source: script?.source ?? event,
      user,
      policies,
      scheduler: name,
    })
  }
}
