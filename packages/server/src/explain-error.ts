import { CoreError, type ErrorCode } from '@tod/core'

/** What a person at a terminal does next; codes that are not here say it in their message. */
const nextStep: Partial<Record<ErrorCode, string>> = {
  BACKUP_NOT_DECRYPTABLE: 'Give the installation the master key it was made with; `tod keys check` tells.',
  BACKUP_INTEGRITY_FAILED: 'Run `tod storage verify`, and bring the repository back from a copy.',
  CONSENT_REQUIRED: 'No guard can undo a binary restore: agree with --consent binary-restore.',
  CREDENTIALS_NOT_FOUND: 'Set them: tod device set <device> --user <name> --password-stdin.',
  DEVICE_AUTH_FAILED: 'Set other credentials (tod device set), or look at the account on the device.',
  DEVICE_BUSY: 'Try again when the backup or push that holds the device has ended.',
  DEVICE_CHANGED: 'Somebody edited it in between: look at a new preview first.',
  DEVICE_NOT_FOUND: '`tod device list` shows what there is.',
  DEVICE_UNREACHABLE: 'Check address and port (tod device list), and `/ip service` on the device.',
  HOST_KEY_CHANGED:
    'Compare the fingerprint at the device; if it is right: tod device accept-host-key <device> <fingerprint> --algorithm <name>.',
  KEY_SERVICE_UNAVAILABLE:
    'Bring the master key back (TOD_MASTER_KEY, TOD_MASTER_KEY_FILE, or master.key in the data folder): nothing stored opens without it.',
  LOCKOUT_REFUSED: 'Look at it with --preview; --on-lockout proceed pushes it under the guard.',
  NO_ROLLBACK_TARGET: 'Restore a revision by its sha: `tod list <device>` shows them.',
  OPERATION_NOT_FOUND: '`tod operations <device>` shows what there is.',
  PUSH_IN_PROGRESS:
    '`tod operations <device>` shows it; its own Ctrl-C or the cancel route of its server ends it, `tod recover` one whose process died.',
  REVISION_NOT_FOUND: '`tod list <device>` shows what there is.',
  SCHEDULE_INVALID: "Five fields, UTC: '30 1 * * *' is every night at half past one.",
  STORAGE_CORRUPT:
    'Keep what is there; `tod storage verify` lists what a repository has lost. Bring it back from a copy or mirror; for a database, start with a new one and run `tod reindex`.',
  STORAGE_FULL: 'Make space: nothing was acknowledged that is not stored.',
  STORAGE_UNAVAILABLE:
    'Is the data folder there, may this user write to it, and is no other process holding the database? With TOD_DATABASE_URL: does a server answer there, and let this account in?',
}

/** An error in words for a person: what happened, its code, what to do. Never more than is safe to show. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  if (!(error instanceof CoreError)) return error.message
  const hint = nextStep[error.code]
  return `${error.message} [${error.code}]${hint === undefined ? '' : `\n${hint}`}`
}
