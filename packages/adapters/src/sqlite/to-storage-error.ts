import {
  type CoreError,
  StorageConflictError,
  StorageCorruptError,
  StorageFullError,
  StorageUnavailableError,
} from '@tod/core'
import { SqliteError } from 'better-sqlite3'

const store = 'database'

/** Translates what SQLite reports (https://www.sqlite.org/rescode.html); undefined for any other error. */
export function toStorageError(cause: unknown): CoreError | undefined {
  if (!(cause instanceof SqliteError)) {
    // better-sqlite3 says this with a plain error.
    const isClosed = cause instanceof TypeError && cause.message === 'The database connection is not open'
    return isClosed ? new StorageUnavailableError({ store }, { cause }) : undefined
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
