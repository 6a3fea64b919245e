import { CoreError, type ErrorCode } from '@tod/core'
import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { HttpError, type HttpErrorCode, type InvalidValue, invalidRequest } from './http-error.js'

/** How one route words the errors that the contract words per route. */
export interface ErrorTexts {
  /** `Backup`, `Checkpoint`, `Restore`, `Emergency rollback`: begins the detail of a `502`. */
  readonly failedAct?: string
  /** Detail for an unknown revision. */
  readonly revisionNotFound?: (commitSha: string, deviceId: string) => string
}

/** The one table from error codes to HTTP. A code that is not here is a fault of ours: `500` without details. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  ACCESS_DENIED: 403,
  BACKUP_INTEGRITY_FAILED: 500,
  BACKUP_NOT_DECRYPTABLE: 500,
  BINARY_BACKUP_INVALID: 502,
  CONSENT_REQUIRED: 409,
  CREDENTIALS_NOT_FOUND: 404,
  DEVICE_AUTH_FAILED: 502,
  DEVICE_BUSY: 409,
  DEVICE_CHANGED: 409,
  DEVICE_COMMAND_FAILED: 502,
  DEVICE_CONNECTION_LOST: 502,
  DEVICE_FILE_FAILED: 502,
  DEVICE_NOT_FOUND: 404,
  DEVICE_OUTPUT_TOO_LARGE: 502,
  DEVICE_TIMEOUT: 502,
  DEVICE_UNREACHABLE: 502,
  EXPORT_INCOMPLETE: 502,
  GUARD_NOT_ARMED: 502,
  HOST_KEY_CHANGED: 502,
  KEY_SERVICE_UNAVAILABLE: 503,
  LEASE_LOST: 409,
  LOCKOUT_REFUSED: 409,
  NO_ROLLBACK_TARGET: 404,
  OPERATION_ABORTED: 409,
  OPERATION_NOT_FOUND: 404,
  PLAN_UNSUPPORTED: 409,
  PUSH_IN_PROGRESS: 409,
  REQUEST_INVALID: 422,
  REVISION_NOT_FOUND: 404,
  SCHEDULE_INVALID: 422,
  SCOPE_INVALID: 403,
  STORAGE_CONFLICT: 409,
  STORAGE_CORRUPT: 500,
  STORAGE_FULL: 507,
  STORAGE_UNAVAILABLE: 503,
  STRATEGY_REFUSED: 409,
}

const notDecryptable = 'Failed to decrypt backup content'

interface ErrorAnswer {
  readonly status: number
  readonly code: HttpErrorCode
  readonly detail: string | readonly InvalidValue[]
  readonly headers?: Readonly<Record<string, string>>
}

const text = (value: string | number | boolean | undefined): string => String(value ?? '')

function detailOf(error: CoreError, status: number, texts: ErrorTexts): string | readonly InvalidValue[] {
  const { code, details } = error
  switch (code) {
    case 'BACKUP_NOT_DECRYPTABLE':
    case 'BACKUP_INTEGRITY_FAILED':
      return notDecryptable
    case 'NO_ROLLBACK_TARGET':
      return 'No pre-push backup found for rollback'
    case 'DEVICE_NOT_FOUND':
      return `Device '${text(details.deviceId)}' not found in this tenant`
    case 'CREDENTIALS_NOT_FOUND':
      return `Device '${text(details.deviceId)}' has no stored credentials: add them before a backup or restore`
    case 'REVISION_NOT_FOUND':
      return (
        texts.revisionNotFound?.(text(details.commitSha), text(details.deviceId)) ??
        `Backup version not found: ${text(details.commitSha)}`
      )
    case 'SCHEDULE_INVALID':
      return [{ loc: ['body', 'cron_expression'], msg: error.message, type: 'value_error' }]
    case 'REQUEST_INVALID':
      return [{ loc: ['body'], msg: error.message, type: 'value_error' }]
    default:
      return status === 502 && texts.failedAct !== undefined
        ? `${texts.failedAct} failed: ${error.message}`
        : error.message
  }
}

/** What a client is told of an error; nothing of an unknown one. */
export function toErrorAnswer(error: unknown, texts: ErrorTexts = {}): ErrorAnswer {
  if (error instanceof HttpError) return error
  if (error instanceof CoreError) {
    const status = statusOf[error.code] ?? 500
    const headers = status === 503 && error.retryable ? { 'Retry-After': '30' } : {}
    return { status, code: error.code, detail: detailOf(error, status, texts), headers }
  }
  return { status: 500, code: 'INTERNAL_ERROR', detail: 'Internal server error' }
}

const isBodyError = (error: unknown): error is { status: number; type: string } =>
  error instanceof Error && 'type' in error && 'status' in error && typeof error.status === 'number'

/** Faults that Express finds in address and body, in the contract's words. */
function fromExpress(error: unknown): unknown {
  if (error instanceof URIError) {
    return invalidRequest([
      { loc: ['path'], msg: 'The address is not encoded as it should be.', type: 'url_encoding' },
    ])
  }
  if (!isBodyError(error)) return error
  if (error.status === 413) return new HttpError(413, 'BODY_TOO_LARGE', 'The request body is too large.')
  return invalidRequest([{ loc: ['body'], msg: 'The body is not valid JSON.', type: 'json_invalid' }])
}

/** The last handler: turns whatever was thrown into the contract's error body, and logs what is ours to mend. */
export function errorResponse(log: Logger): ErrorRequestHandler {
  return (thrown, req, res, _next) => {
    const error = fromExpress(thrown)
    const requestId = String(res.locals.requestId ?? '')
    const answer = toErrorAnswer(error, res.locals.errorTexts)
    if (answer.status >= 500) {
      log.error(
        { requestId, code: answer.code, method: req.method, status: answer.status, err: error },
        'request failed',
      )
    }
    if (res.headersSent) {
      res.destroy()
      return
    }
    res
      .status(answer.status)
      .set(answer.headers ?? {})
      .json({ detail: answer.detail, code: answer.code, request_id: requestId })
  }
}
