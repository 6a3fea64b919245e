/**
 * Every code an error of this package or of an adapter may carry. The union is closed and part of the public API: a
 * code is never renamed or reused. `docs/error-codes.md` has a row for each.
 */
export const errorCodes = [
  'ACCESS_DENIED',
  'BACKUP_INTEGRITY_FAILED',
  'BACKUP_NOT_DECRYPTABLE',
  'BINARY_BACKUP_INVALID',
  'CONSENT_REQUIRED',
  'CREDENTIALS_NOT_FOUND',
  'DEVICE_AUTH_FAILED',
  'DEVICE_BUSY',
  'DEVICE_CHANGED',
  'DEVICE_COMMAND_FAILED',
  'DEVICE_CONNECTION_LOST',
  'DEVICE_FILE_FAILED',
  'DEVICE_NOT_FOUND',
  'DEVICE_OUTPUT_TOO_LARGE',
  'DEVICE_TIMEOUT',
  'DEVICE_UNREACHABLE',
  'EXPORT_INCOMPLETE',
  'GUARD_NOT_ARMED',
  'HOST_KEY_CHANGED',
  'KEY_SERVICE_UNAVAILABLE',
  'LEASE_LOST',
  'LOCKOUT_REFUSED',
  'NO_ROLLBACK_TARGET',
  'OPERATION_ABORTED',
  'OPERATION_NOT_FOUND',
  'PLAN_UNSUPPORTED',
  'PUSH_IN_PROGRESS',
  'REQUEST_INVALID',
  'REVISION_NOT_FOUND',
  'SCHEDULE_INVALID',
  'SCOPE_INVALID',
  'STORAGE_CONFLICT',
  'STORAGE_CORRUPT',
  'STORAGE_FULL',
  'STORAGE_UNAVAILABLE',
  'STRATEGY_REFUSED',
] as const

/** One of {@link errorCodes}. */
export type ErrorCode = (typeof errorCodes)[number]
