/** Time. Every wait and every time limit of ours goes through it, so that tests run on virtual time. */
export interface Clock {
  /** Wall clock, UTC, ms since 1970. May jump. */
  now(): number
  /** Never jumps, starts anywhere. For durations. */
  monotonicMs(): number
  /** Resolves after `ms`; rejects with the signal's reason as soon as it fires. A value of 0 or less still yields once. */
  sleep(ms: number, options?: { readonly signal?: AbortSignal }): Promise<void>
}
