import { CoreError } from './core-error.js'

/** The principal may not do this in this tenant. `because` is text for the caller. */
export class AccessDeniedError extends CoreError {
  override readonly name = 'AccessDeniedError'
  readonly code = 'ACCESS_DENIED'
  override readonly details: { readonly because: string }
  constructor(details: { readonly because: string }, options?: ErrorOptions) {
    super(details.because, options)
    this.details = details
  }
}

/** A value was handed over as a scope that no guard has issued. Always a mistake in the calling program. */
export class ScopeInvalidError extends CoreError {
  override readonly name = 'ScopeInvalidError'
  readonly code = 'SCOPE_INVALID'
  override readonly details: { readonly expected: 'tenant' | 'system' }
  constructor(details: { readonly expected: 'tenant' | 'system' }, options?: ErrorOptions) {
    super(`A ${details.expected} scope issued by a guard is needed.`, options)
    this.details = details
  }
}

/** A value of the request is out of its bounds. */
export class RequestInvalidError extends CoreError {
  override readonly name = 'RequestInvalidError'
  readonly code = 'REQUEST_INVALID'
  override readonly details: { readonly field: string; readonly reason: string }
  constructor(details: { readonly field: string; readonly reason: string }, options?: ErrorOptions) {
    super(`'${details.field}' ${details.reason}`, options)
    this.details = details
  }
}

/** The cron expression does not parse, or never comes due. */
export class ScheduleInvalidError extends CoreError {
  override readonly name = 'ScheduleInvalidError'
  readonly code = 'SCHEDULE_INVALID'
  override readonly details: { readonly reason: string }
  constructor(details: { readonly reason: string }, options?: ErrorOptions) {
    super(`The cron expression is not valid: ${details.reason}`, options)
    this.details = details
  }
}

/** The caller's signal fired. What had begun on the device was ended as the operation's documentation says. */
export class OperationAbortedError extends CoreError {
  override readonly name = 'OperationAbortedError'
  readonly code = 'OPERATION_ABORTED'
  constructor(options?: ErrorOptions) {
    super('The operation was cancelled.', options)
  }
}

/** The tenant has no such push operation. */
export class OperationNotFoundError extends CoreError {
  override readonly name = 'OperationNotFoundError'
  readonly code = 'OPERATION_NOT_FOUND'
  override readonly details: { readonly operationId: string }
  constructor(details: { readonly operationId: string }, options?: ErrorOptions) {
    super(`Operation '${details.operationId}' not found`, options)
    this.details = details
  }
}
