import {
  type CoreError,
  StorageConflictError,
  StorageCorruptError,
  StorageFullError,
  StorageUnavailableError,
} from '@tod/core'

const store = 'database'

/** Classes of SQLSTATE (PostgreSQL manual, appendix A) in which the database, not our query, is at fault. */
const unavailableClasses: readonly string[] = ['08', '28', '3D', '53', '55', '57', '58', 'XX']

/** pg says these with a plain error and no code. */
const connectionLostTexts: readonly string[] = [
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'timeout exceeded when trying to connect',
  'Cannot use a pool after calling end on the pool',
  'driver has already been destroyed',
]

/** Codes of the operating system when a server is not there or goes away. */
const networkCodes: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]

/** Translates what PostgreSQL and its client report; undefined for any other error, a mistake in a query included. */
export function toStorageError(cause: unknown): CoreError | undefined {
  if (!(cause instanceof Error)) return undefined
  const code = codeOf(cause)
  if (code === '23505' || code.startsWith('40')) return new StorageConflictError({ store }, { cause })
  if (code === '53100') return new StorageFullError({ store }, { cause })
  if (code === 'XX001' || code === 'XX002') return new StorageCorruptError({ store, item: code }, { cause })
  if (isConnectionLost(cause) || code === '42501' || isSqlState(code, unavailableClasses)) {
    return new StorageUnavailableError({ store }, { cause })
  }
  return undefined
}

/** True when there is no connection (any more). */
export function isConnectionLost(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  if (cause instanceof AggregateError) return cause.errors.some(isConnectionLost)
  const code = codeOf(cause)
  // 57P01-57P03: the server is being shut down or started.
  return (
    connectionLostTexts.includes(cause.message) ||
    networkCodes.includes(code) ||
    isSqlState(code, ['08']) ||
    code.startsWith('57P0')
  )
}

function isSqlState(code: string, classes: readonly string[]): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && classes.includes(code.slice(0, 2))
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : ''
}
