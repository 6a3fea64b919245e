/**
 * The time a simulator and its clients share. Structurally a clock port of any SDK: `now`, `monotonicMs`, `sleep`;
 * with timers for the router's side added.
 */
export interface SimClock {
  /** True UTC, ms since 1970 (a router's own belief may differ). */
  now(): number
  /** Never jumps; origin arbitrary. */
  monotonicMs(): number
  /** Resolves after `ms`; rejects with the signal's reason when it fires first. */
  sleep(ms: number, options?: SleepOptions): Promise<void>
  /** Calls back once after `ms`; the returned function cancels. Timers are background: see `VirtualClock`. */
  setTimer(ms: number, callback: () => void): () => void
}

/** How a sleep ends early, and whether somebody waits for it. */
export interface SleepOptions {
  readonly signal?: AbortSignal
  /** Nobody waits for this sleep: virtual time does not move on its account. Default false. */
  readonly background?: boolean
}
