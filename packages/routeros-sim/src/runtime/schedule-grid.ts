/** When a scheduler entry starts: a point of local time, or each boot. */
export type ScheduleStart = { readonly kind: 'time'; readonly startMs: number } | { readonly kind: 'startup' }

/** When an entry is next due: in local wall-clock time, or in uptime, or not any more. */
export type NextRun =
  | { readonly by: 'clock'; readonly localMs: number }
  | { readonly by: 'uptime'; readonly uptimeMs: number }
  | { readonly by: 'never' }

/** How long after the console is up `start-time=startup` entries run. Source: manual, Scheduler, older edition. */
export const STARTUP_DELAY_MS = 3000

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
