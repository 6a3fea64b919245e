/** When a scheduler entry starts: a point of local time, or each boot. */
export type ScheduleStart = { readonly kind: 'time'; readonly startMs: number } | { readonly kind: 'startup' }

/** When an entry is next due: in local wall-clock time, or in uptime, or not any more. */
export type NextRun =
  | { readonly by: 'clock'; readonly localMs: number }
  | { readonly by: 'uptime'; readonly uptimeMs: number }
  | { readonly by: 'never' }

/** How long after the console is up `start-time=startup` entries run. Source: manual, Scheduler, older edition. */
const STARTUP_DELAY_MS = 3000

/** First point of the grid `start + k × interval` after `now`; the start itself when it lies ahead. */
export function nextOnGrid(startMs: number, intervalMs: number, nowMs: number): number | undefined {
  if (startMs > nowMs) return startMs
  if (intervalMs <= 0) return undefined
  return startMs + (Math.floor((nowMs - startMs) / intervalMs) + 1) * intervalMs
}

/**
 * When an entry is due next (facts 5.2). A start in the past only sets the phase; without interval it is gone. With
 * `startup` and an interval the phase counts from boot and there is no run at boot; without one there is only that run.
 *
 * @param atBoot true while the router comes up: only then `startup` without interval is due.
 */
export function nextRun(
  start: ScheduleStart,
  intervalMs: number,
  now: { readonly localMs: number; readonly uptimeMs: number },
  atBoot: boolean,
): NextRun {
  if (start.kind === 'startup') {
    if (intervalMs === 0) {
      return atBoot ? { by: 'uptime', uptimeMs: now.uptimeMs + STARTUP_DELAY_MS } : { by: 'never' }
    }
    return { by: 'uptime', uptimeMs: (Math.floor(now.uptimeMs / intervalMs) + 1) * intervalMs }
  }
  const localMs = nextOnGrid(start.startMs, intervalMs, now.localMs)
  return localMs === undefined ? { by: 'never' } : { by: 'clock', localMs }
}

const DAY_MS = 86_400_000
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/**
 * The next run of an entry with `days`: each listed day starts at the start time and goes on by the interval until
 * midnight. An interval of a day or more is refused with a note, so such an entry never runs.
 */
export function nextOnDays(
  startMs: number,
  intervalMs: number,
  days: readonly string[],
  nowMs: number,
): number | undefined {
  if (intervalMs >= DAY_MS) return undefined
  const timeOfDay = startMs % DAY_MS
  const firstDay = Math.max(Math.floor(nowMs / DAY_MS), Math.floor(startMs / DAY_MS))
  for (let day = firstDay; day <= firstDay + 7; day += 1) {
    // The first of January 1970 was a Thursday.
    if (!days.includes(WEEKDAYS[(day + 4) % 7] ?? '')) continue
    const due = nextOnGrid(day * DAY_MS + timeOfDay, intervalMs, nowMs)
    if (due !== undefined && due < (day + 1) * DAY_MS) return due
  }
  return undefined
}
