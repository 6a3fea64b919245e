import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '@tod/core'

/** Node refuses timers beyond this; longer sleeps are slept in parts. */
const longestTimerMs = 2 ** 31 - 1

/** The machine's clock. */
export const systemClock: Clock = scaledClock(1)

/**
 * A clock that runs `scale` times as fast as the machine's: for demonstrations and tests against routers whose clock
 * runs as fast.
 */
export function scaledClock(scale: number): Clock {
  const startedAt = Date.now()
  const startedMs = performance.now()
  const monotonicMs = () => (performance.now() - startedMs) * scale
  return {
    now: scale === 1 ? () => Date.now() : () => Math.floor(startedAt + monotonicMs()),
    monotonicMs,
    async sleep(ms, { signal } = {}) {
      const end = monotonicMs() + Math.max(0, ms)
      do {
        const partMs = Math.min((end - monotonicMs()) / scale, longestTimerMs)
        try {
          await delay(Math.max(0, partMs), undefined, signal === undefined ? {} : { signal })
        } catch (error) {
          throw signal?.reason ?? error
        }
      } while (monotonicMs() < end)
    },
  }
}
