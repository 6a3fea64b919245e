import type { Clock } from '../ports/clock.js'
import { abortReason } from './with-deadline.js'

/** Longest wait that the platform's timers know; longer ones are split. */
const longestTimerMs = 2_147_000_000

/** Real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(ms, options = {}) {
    for (let left = Math.max(0, ms); ; left -= longestTimerMs) {
      await waitOnce(Math.min(left, longestTimerMs), options.signal)
      if (left <= longestTimerMs) return
    }
  },
}

function waitOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortReason(signal))
      return
    }
    const onAbort = () => {
      clearTimeout(timer)
      reject(abortReason(signal))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
