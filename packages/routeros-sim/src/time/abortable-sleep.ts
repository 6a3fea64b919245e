import type { SleepOptions } from './sim-clock.js'

/** Builds `sleep` from a clock's timers, so that every clock treats signals alike. */
export function abortableSleep(
  startTimer: (callback: () => void) => () => void,
  signal: SleepOptions['signal'],
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason)
      return
    }
    const onAbort = () => {
      cancel()
      reject(signal?.reason)
    }
    const cancel = startTimer(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
