import type { Socket } from 'node:net'
import { abortableSleep } from './abortable-sleep.js'
import { QuietDetector } from './quiet-detector.js'
import type { SimClock, SleepOptions } from './sim-clock.js'
import { TimerQueue } from './timer-queue.js'

/** Settings of a virtual clock. */
export interface VirtualClockOptions {
  /** UTC at the start, ms; default 2026-01-05T10:00:00Z. */
  readonly startMs?: number
  /** Turns of the event loop without any event before time moves; default 6. */
  readonly quietTurns?: number
  /** Real ms without any event before time moves; default 2. */
  readonly quietMs?: number
}

/**
 * A clock that moves only when everybody waits for it: some foreground sleep is pending (a client's pause, a `:delay`
 * of an open session), no byte is in flight between sockets of this process, no file or connect request is open, and
 * the event loop has been without events for a few turns. Then it jumps to the next timer. Timers and background
 * sleeps alone (a router's scheduler) never move it, so an idle test does not run through years.
 *
 * Share one instance between the simulator and the client under test: hand it over as the client's clock port.
 */
export class VirtualClock implements SimClock {
  private readonly timers = new TimerQueue()
  private readonly startMs: number
  private readonly quietTurns: number
  private readonly quietMs: number
  private detector: QuietDetector | undefined = new QuietDetector()
  private elapsedMs = 0
  private holds = 0
  private isPolling = false

  constructor(options: VirtualClockOptions = {}) {
    this.startMs = options.startMs ?? Date.UTC(2026, 0, 5, 10, 0, 0)
    this.quietTurns = options.quietTurns ?? 6
    this.quietMs = options.quietMs ?? 2
  }

  now(): number {
    return this.startMs + this.elapsedMs
  }

  monotonicMs(): number {
    return this.elapsedMs
  }

  sleep(ms: number, options: SleepOptions = {}): Promise<void> {
    const isForeground = options.background !== true
    return abortableSleep((callback) => {
      const cancel = this.timers.add(this.elapsedMs + Math.max(0, ms), isForeground, callback)
      if (isForeground) this.poll()
      return cancel
    }, options.signal)
  }

  setTimer(ms: number, callback: () => void): () => void {
    return this.timers.add(this.elapsedMs + Math.max(0, ms), false, callback)
  }

  /** Keeps time still until the returned function is called: for a party whose work the clock cannot see. */
  hold(): () => void {
    let isHeld = true
    this.holds++
    return () => {
      if (isHeld) this.holds--
      isHeld = false
    }
  }

  /** Runs work that the clock cannot see (another process, a thread) with time standing still. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = this.hold()
    try {
      return await work()
    } finally {
      release()
    }
  }

  /** Lets `ms` pass and waits until everything due in it has happened. */
  async advance(ms: number): Promise<void> {
    await this.sleep(ms)
  }

  /** Bytes in this accepted socket count as in flight, unless it is stalled. */
  watch(socket: Socket, isStalled: () => boolean): void {
    this.detector?.watch(socket, isStalled)
  }

  /** Stops for good; pending sleeps stay pending. */
  close(): void {
    this.detector = undefined
  }

  private poll(): void {
    if (this.isPolling || this.detector === undefined) return
    this.isPolling = true
    let events = this.detector.eventCount()
    let turns = 0
    let quietSince = performance.now()
    const look = () => {
      const detector = this.detector
      if (detector === undefined || this.timers.foreground === 0) {
        this.isPolling = false
        return
      }
      const seen = detector.eventCount()
      if (seen !== events || this.holds > 0 || (turns >= this.quietTurns && detector.isBusy())) {
        events = seen
        turns = 0
        quietSince = performance.now()
      } else turns++
      if (turns > this.quietTurns && performance.now() - quietSince >= this.quietMs) {
        this.fireNext()
        events = detector.eventCount()
        turns = 0
        quietSince = performance.now()
      }
      setImmediate(look)
    }
    setImmediate(look)
  }

  private fireNext(): void {
    const timer = this.timers.take()
    if (timer === undefined) return
    this.elapsedMs = Math.max(this.elapsedMs, timer.dueMs)
    timer.callback()
  }
}
