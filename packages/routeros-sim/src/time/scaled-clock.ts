import { abortableSleep } from './abortable-sleep.js'
import type { SimClock, SleepOptions } from './sim-clock.js'

/** A clock whose time runs `factor` times as fast as real time; 1 is real time. */
export class ScaledClock implements SimClock {
  private readonly startedAt = performance.now()

  /** @param epochMs the clock's UTC at its making; default now. */
  constructor(
    readonly factor: number = 1,
    private readonly epochMs: number = Date.now(),
  ) {
    if (!(factor > 0)) throw new TypeError('The factor of a scaled clock must be above 0.')
  }

  now(): number {
    return Math.floor(this.epochMs + this.monotonicMs())
  }

  monotonicMs(): number {
    return (performance.now() - this.startedAt) * this.factor
  }

  sleep(ms: number, options: SleepOptions = {}): Promise<void> {
    return abortableSleep((callback) => this.startTimer(ms, callback, true), options.signal)
  }

  setTimer(ms: number, callback: () => void): () => void {
    return this.startTimer(ms, callback, false)
  }

  /** Node's timers hold at most 2^31-1 ms; longer ones are set again. */
  private startTimer(ms: number, callback: () => void, keepsProcess: boolean): () => void {
    const longest = 2 ** 31 - 1
    const due = this.monotonicMs() + ms
    let handle: NodeJS.Timeout
    const arm = () => {
      const left = Math.max(0, (due - this.monotonicMs()) / this.factor)
      handle = setTimeout(() => (left > longest ? arm() : callback()), Math.min(Math.ceil(left), longest))
      if (!keepsProcess) handle.unref()
    }
    arm()
    return () => clearTimeout(handle)
  }
}
