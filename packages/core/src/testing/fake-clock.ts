import type { Clock } from '../ports/clock.js'
import { abortReason } from '../time/with-deadline.js'

interface Sleeper {
  readonly dueMs: number
  readonly order: number
  wake(): void
}

/**
 * A clock that a test moves. Sleeps end in order of their due time when `advance` passes it; `runToEnd` moves time on
 * its own whenever everything waits, until a promise settles.
 */
export class FakeClock implements Clock {
  private readonly sleepers = new Set<Sleeper>()
  private elapsedMs = 0
  private wallOffsetMs: number
  private nextOrder = 0

  /** @param startMs wall clock at the start, UTC ms; default 2026-01-05T10:00:00Z. */
  constructor(startMs = Date.UTC(2026, 0, 5, 10, 0, 0)) {
    this.wallOffsetMs = startMs
  }

  now(): number {
    return this.wallOffsetMs + this.elapsedMs
  }

  monotonicMs(): number {
    return this.elapsedMs
  }

  sleep(ms: number, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { signal } = options
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortReason(signal))
        return
      }
      const onAbort = () => {
        this.sleepers.delete(sleeper)
        reject(abortReason(signal))
      }
      const sleeper: Sleeper = {
        dueMs: this.elapsedMs + Math.max(0, ms),
        order: this.nextOrder++,
        wake: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.sleepers.add(sleeper)
    })
  }

  /** The wall clock jumps; sleeps are not touched. */
  jump(ms: number): void {
    this.wallOffsetMs += ms
  }

  /** Number of sleeps that wait. */
  get pending(): number {
    return this.sleepers.size
  }

  /** Lets `ms` pass; what becomes due runs, in order, each with everything it starts. */
  async advance(ms: number): Promise<void> {
    const end = this.elapsedMs + ms
    await settle()
    for (let next = this.first(); next !== undefined && next.dueMs <= end; next = this.first()) {
      this.wake(next)
      await settle()
    }
    this.elapsedMs = end
  }

  /**
   * Moves time to the next due sleep whenever everything waits, until `work` settles.
   *
   * @throws Error when nothing is due and `work` still waits (it would hang for ever), or after `maxSteps` sleeps
   */
  async runToEnd<T>(work: Promise<T>, maxSteps = 100_000): Promise<T> {
    let isSettled = false
    const mark = () => {
      isSettled = true
    }
    work.then(mark, mark)
    for (let step = 0; step < maxSteps; step++) {
      await settle()
      if (isSettled) return work
      const next = this.first()
      if (next === undefined) {
        await settle(20)
        if (isSettled) return work
        if (this.first() === undefined) throw new Error('Nothing is due and the work still waits.')
        continue
      }
      this.wake(next)
    }
    throw new Error(`The work still waits after ${maxSteps} sleeps.`)
  }

  private wake(sleeper: Sleeper): void {
    this.sleepers.delete(sleeper)
    this.elapsedMs = Math.max(this.elapsedMs, sleeper.dueMs)
    sleeper.wake()
  }

  private first(): Sleeper | undefined {
    let first: Sleeper | undefined
    for (const sleeper of this.sleepers) {
      if (
        first === undefined ||
        sleeper.dueMs < first.dueMs ||
        (sleeper.dueMs === first.dueMs && sleeper.order < first.order)
      ) {
        first = sleeper
      }
    }
    return first
  }
}

/** Lets pending promises run: some turns of the event loop, which take no virtual time. */
async function settle(turns = 2): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise<void>((resolve) => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        channel.port1.close()
        resolve()
      }
      channel.port2.postMessage(null)
    })
  }
}
