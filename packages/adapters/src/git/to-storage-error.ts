import {
  CoreError,
  StorageConflictError,
  StorageCorruptError,
  StorageFullError,
  StorageUnavailableError,
} from '@tod/core'
import { Errors } from 'isomorphic-git'
import { fileErrorCode } from './file-system.js'
import { LockBusyError, LockLostError } from './lock-file.js'
import { RepositoryDamageError } from './repository-damage.js'

const store = 'repository'
const fullCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** What callers see of a failure in here. Errors of ours and aborts pass as they are. */
export function toStorageError(error: unknown): unknown {
  if (error instanceof CoreError) return error
  if (error instanceof RepositoryDamageError) {
    return new StorageCorruptError({ store, item: error.subject }, { cause: error })
  }
  if (error instanceof LockBusyError || error instanceof LockLostError) {
    return new StorageConflictError({ store }, { cause: error })
  }
  if (error instanceof Errors.NotFoundError) {
    return new StorageCorruptError({ store, item: error.data.what }, { cause: error })
  }
  const code = fileErrorCode(error)
  if (code !== undefined && fullCodes.has(code)) return new StorageFullError({ store }, { cause: error })
  if (code !== undefined && /^E[A-Z0-9]+$/.test(code)) {
    return new StorageUnavailableError({ store }, { cause: error })
  }
  return error
}
