import type { EncryptionTier } from './encryption-tier.js'
import type { Trigger } from './trigger.js'

/** The row of one revision, as a `RunRepository` keeps it. Made again from git at any time. */
export interface BackupRow {
  /** The run's id, a UUID; also in the commit's trailers. */
  readonly id: string
  readonly tenantId: string
  readonly deviceId: string
  /** 40 hex digits. */
  readonly commitSha: string
  readonly trigger: Trigger
  readonly linesAdded: number
  readonly linesRemoved: number
  readonly encryptionTier: EncryptionTier
  /** UTC, ms since 1970. */
  readonly createdAt: number
  readonly changed: boolean
  readonly exportBytes: number
  readonly binaryBytes: number | null
  readonly routerosVersion: string
  readonly incompleteMenus: readonly string[]
  /** True when the capture holds a guard of ours: never a restore or rollback target. */
  readonly holdsGuard: boolean
  /** SHA-256 of the export (32 bytes), sealed like content: in the open it would let people guess short secrets. */
  readonly sealedExportSha256: Uint8Array
  /** Kept by retention whatever its age. Checkpoints are pinned from the start. */
  readonly pinned: boolean
}

/** What a client sees of a backup. */
export interface BackupEntry extends Omit<BackupRow, 'sealedExportSha256' | 'tenantId'> {
  /** Lower-case hex; null when the key does not open it. */
  readonly exportSha256: string | null
}

/** An attempt that gave no revision. */
export interface FailedRun {
  readonly id: string
  readonly deviceId: string
  readonly trigger: Trigger
  /** An `ErrorCode`, or `UNKNOWN`. */
  readonly errorCode: string
  /** UTC, ms since 1970. */
  readonly startedAt: number
  /** UTC, ms since 1970. */
  readonly failedAt: number
}
