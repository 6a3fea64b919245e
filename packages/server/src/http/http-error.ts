import type { ErrorCode } from '@tod/core'

/** One refused value of a request: where it stands, what is wrong with it. The shape is the contract's. */
export interface InvalidValue {
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly type: string
}

/** Codes that the HTTP layer adds to those of the core. Each has a row in `docs/error-codes.md`. */
export const httpErrorCodes = [
  'ANSWER_NOT_KEPT',
  'API_KEY_NOT_FOUND',
  'BODY_TOO_LARGE',
  'DEVICE_EXISTS',
  'IDEMPOTENCY_IN_PROGRESS',
  'IDEMPOTENCY_KEY_REUSED',
  'INTERNAL_ERROR',
  'METHOD_NOT_ALLOWED',
  'NOT_AUTHENTICATED',
  'NOT_FOUND',
  'OPERATION_NOT_RUNNING',
  'RATE_LIMITED',
  'TENANT_HAS_DEVICES',
  'TENANT_NOT_FOUND',
  'TOKEN_KEYS_UNAVAILABLE',
] as const

/** A code of the HTTP layer or of the core. */
export type HttpErrorCode = (typeof httpErrorCodes)[number] | ErrorCode

/** An answer other than success that the HTTP layer itself decides; services throw `CoreError` instead. */
export class HttpError extends Error {
  override readonly name = 'HttpError'

  constructor(
    readonly status: number,
    readonly code: HttpErrorCode,
    readonly detail: string | readonly InvalidValue[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(typeof detail === 'string' ? detail : 'The request is not valid.')
  }
}

export const notAuthenticated = (detail = 'Not authenticated'): HttpError =>
  new HttpError(401, 'NOT_AUTHENTICATED', detail, { 'WWW-Authenticate': 'Bearer' })

export const invalidRequest = (values: readonly InvalidValue[]): HttpError =>
  new HttpError(422, 'REQUEST_INVALID', values)
