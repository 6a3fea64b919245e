import { OperationAbortedError } from '../errors/request-errors.js'
import type { Clock } from '../ports/clock.js'

/** A time limit on the clock port. */
export interface DeadlineOptions {
  readonly clock: Clock
  /** Counted from the call. */
  readonly timeoutMs: number
  /** The error that the work's signal and the caller get when time is up. */
  readonly onTimeout: () => Error
  /** The caller's own signal; when it fires, the work's signal fires with its reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs work with a signal that fires when time is up, and settles then even if the work does not honor it. The timer of
 * the clock is always given back.
 *
 * @throws the error of `onTimeout`; the reason of `signal` (OPERATION_ABORTED when it is not an error of ours)
 */
export async function withDeadline<T>(
  options: DeadlineOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, timeoutMs, onTimeout, signal } = options
  throwIfAborted(signal)
  const ended = new AbortController()
  const limit = new AbortController()
  const onAbort = () => limit.abort(abortReason(signal))
  signal?.addEventListener('abort', onAbort, { once: true })
  const stopped = new Promise<never>((_resolve, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true })
  })
  stopped.catch(() => {})
  clock.sleep(timeoutMs, { signal: ended.signal }).then(
    () => limit.abort(onTimeout()),
    () => {},
  )
  try {
    return await Promise.race([work(limit.signal), stopped])
  } finally {
    ended.abort()
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Throws the signal's reason as an error of ours when it has fired. @throws OPERATION_ABORTED */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortReason(signal)
}

/** The reason of a fired signal, wrapped as OPERATION_ABORTED unless it is an error other than the platform's own. */
export function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  if (reason instanceof Error && reason.name !== 'AbortError') return reason
  return new OperationAbortedError({ cause: reason })
}
