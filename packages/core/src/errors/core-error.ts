import type { ErrorCode } from './error-codes.js'

/** Facts about an error that are safe to log and to show: no secret, no device output, no path. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>

/**
 * Base of all errors that this package and its adapters throw on purpose. Tell them apart by `code`, never by class or
 * message. The original error of a library is kept as `cause` and is for logs only.
 */
export abstract class CoreError extends Error {
  /** Stable, part of the public API. */
  abstract readonly code: ErrorCode
  /** True when the same call may succeed later, unchanged. */
  readonly retryable: boolean = false
  /** Facts safe to log and to show. */
  readonly details: ErrorDetails = {}
}

/** True for an error of ours with this code; narrows unknown values from `catch`. */
export function hasErrorCode(error: unknown, code: ErrorCode): error is CoreError {
  return error instanceof CoreError && error.code === code
}
