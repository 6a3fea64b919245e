import { CoreError } from './core-error.js'

/** No such revision of this device; also when a short sha fits several. */
export class RevisionNotFoundError extends CoreError {
  override readonly name = 'RevisionNotFoundError'
  readonly code = 'REVISION_NOT_FOUND'
  override readonly details: { readonly deviceId: string; readonly commitSha: string }
  constructor(details: { readonly deviceId: string; readonly commitSha: string }, options?: ErrorOptions) {
    super(`Backup version '${details.commitSha}' not found for device '${details.deviceId}'`, options)
    this.details = details
  }
}

/** The device has no backup that a rollback may go to. */
export class NoRollbackTargetError extends CoreError {
  override readonly name = 'NoRollbackTargetError'
  readonly code = 'NO_ROLLBACK_TARGET'
  override readonly details: { readonly deviceId: string }
  constructor(details: { readonly deviceId: string }, options?: ErrorOptions) {
    super('No pre-push backup found for rollback', options)
    this.details = details
  }
}

/** Stored content does not open with the keys at hand: wrong or missing key, shredded, moved, or altered bytes. */
export class BackupNotDecryptableError extends CoreError {
  override readonly name = 'BackupNotDecryptableError'
  readonly code = 'BACKUP_NOT_DECRYPTABLE'
  override readonly details: { readonly deviceId: string; readonly file: string }
  constructor(details: { readonly deviceId: string; readonly file: string }, options?: ErrorOptions) {
    super('Failed to decrypt backup content', options)
    this.details = details
  }
}

/** Stored content opens, but is not what this revision recorded. */
export class BackupIntegrityFailedError extends CoreError {
  override readonly name = 'BackupIntegrityFailedError'
  readonly code = 'BACKUP_INTEGRITY_FAILED'
  override readonly details: { readonly deviceId: string; readonly commitSha: string; readonly file: string }
  constructor(
    details: { readonly deviceId: string; readonly commitSha: string; readonly file: string },
    options?: ErrorOptions,
  ) {
    super('Stored backup content is not what was recorded', options)
    this.details = details
  }
}

/** Database or file system does not answer, or answers with a fault that is not ours to repair. */
export class StorageUnavailableError extends CoreError {
  override readonly name = 'StorageUnavailableError'
  readonly code = 'STORAGE_UNAVAILABLE'
  override readonly retryable = true
  override readonly details: { readonly store: string }
  constructor(details: { readonly store: string }, options?: ErrorOptions) {
    super(`The ${details.store} is not available.`, options)
    this.details = details
  }
}

/** Somebody else wrote first (a ref moved, a row changed). Read again and decide again. */
export class StorageConflictError extends CoreError {
  override readonly name = 'StorageConflictError'
  readonly code = 'STORAGE_CONFLICT'
  override readonly retryable = true
  override readonly details: { readonly store: string }
  constructor(details: { readonly store: string }, options?: ErrorOptions) {
    super(`The ${details.store} was changed by another writer.`, options)
    this.details = details
  }
}

/** Stored data is damaged. `item` names it (an object id, a table), never a path. */
export class StorageCorruptError extends CoreError {
  override readonly name = 'StorageCorruptError'
  readonly code = 'STORAGE_CORRUPT'
  override readonly details: { readonly store: string; readonly item: string }
  constructor(details: { readonly store: string; readonly item: string }, options?: ErrorOptions) {
    super(`The ${details.store} is damaged (${details.item}).`, options)
    this.details = details
  }
}

/** No space left. Nothing was acknowledged. */
export class StorageFullError extends CoreError {
  override readonly name = 'StorageFullError'
  readonly code = 'STORAGE_FULL'
  override readonly retryable = true
  override readonly details: { readonly store: string }
  constructor(details: { readonly store: string }, options?: ErrorOptions) {
    super(`The ${details.store} has no space left.`, options)
    this.details = details
  }
}

/** The service or file that holds the keys does not answer. Nothing is stored instead in plaintext. */
export class KeyServiceUnavailableError extends CoreError {
  override readonly name = 'KeyServiceUnavailableError'
  readonly code = 'KEY_SERVICE_UNAVAILABLE'
  override readonly retryable = true
  override readonly details: { readonly service: string }
  constructor(details: { readonly service: string }, options?: ErrorOptions) {
    super(`The key service '${details.service}' is not available.`, options)
    this.details = details
  }
}
