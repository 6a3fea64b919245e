import type { RouterClock } from '../engine.js'

/** One line of `/log`. `timeMs` is local wall clock read as UTC. */
export interface LogLine {
  readonly timeMs: number
  readonly topics: string
  readonly message: string
}

/** Lines a router keeps in memory. */
const LIMIT = 1000

/** The log in memory: lost at a reboot, kept here so that tests can read what led to one. */
export class LogBook {
  readonly lines: LogLine[] = []
  readonly #clock: RouterClock
  readonly #listeners = new Set<() => void>()

  constructor(clock: RouterClock) {
    this.#clock = clock
  }

  add(topics: string, message: string): void {
    this.lines.push({ timeMs: this.#clock.localMs(), topics, message })
    if (this.lines.length > LIMIT) this.lines.shift()
    for (const listener of this.#listeners) listener()
  }

  /** Calls after each new line until the returned function is called. */
  onLine(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
