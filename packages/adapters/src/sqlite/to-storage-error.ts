import {
  type CoreError,
  StorageConflictError,
  StorageCorruptError,
  StorageFullError,
  StorageUnavailableError,
} from '@tod/core'
import { SqliteError } from 'better-sqlite3'

const store = 'database'

/** better-sqlite3 and Kysely say these with a plain error and no code. */
const unavailableTexts: readonly string[] = [
  'The database connection is not open',
  'driver has already been destroyed',
]

/** Translates what SQLite reports (https://www.sqlite.org/rescode.html); undefined for any other error. */
export function toStorageError(cause: unknown): CoreError | undefined {
  if (!(cause instanceof SqliteError)) {
    const isKnown = cause instanceof Error && unavailableTexts.includes(cause.message)
    const isOfFileSystem = cause instanceof Error && Reflect.get(cause, 'syscall') === 'open'
    return isKnown || isOfFileSystem ? new StorageUnavailableError({ store }, { cause }) : undefined
  }
  const { code } = cause
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new StorageCorruptError({ store, item: code }, { cause })
  }
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new StorageConflictError({ store }, { cause })
  }
  if (code === 'SQLITE_FULL') return new StorageFullError({ store }, { cause })
  return new StorageUnavailableError({ store }, { cause })
}

/** True when another connection holds what this one needs: worth waiting for. */
export function isBusy(cause: unknown): boolean {
  return (
    cause instanceof SqliteError &&
    (cause.code.startsWith('SQLITE_BUSY') || cause.code.startsWith('SQLITE_LOCKED'))
  )
}
