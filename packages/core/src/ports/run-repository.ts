import type { TenantScope } from '../access/tenant-scope.js'
import type { BackupRow, FailedRun } from '../model/backup-entry.js'
import type { Trigger } from '../model/trigger.js'

/**
 * Rows of backup runs. A row is written after its commit and can be made again from git, so the store may be lost
 * without losing a backup.
 */
export interface RunRepository {
  /**
   * Adds a row. On repeat (same device and `commitSha`) nothing changes, so that a repair may run beside a backup.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_FULL
   */
  insert(scope: TenantScope, row: BackupRow): Promise<void>
  /** The row of a revision, by its full sha. */
  find(scope: TenantScope, deviceId: string, commitSha: string): Promise<BackupRow | undefined>
  /** Newest first (`createdAt`, then insertion), at most `limit` (default 100), skipping `offset` (default 0). */
  list(
    scope: TenantScope,
    deviceId: string,
    page?: { readonly limit?: number; readonly offset?: number },
  ): Promise<readonly BackupRow[]>
  /** The newest row, of these triggers if given; `withoutGuard` leaves out captures that hold a guard of ours. */
  newest(
    scope: TenantScope,
    deviceId: string,
    filter?: { readonly triggers?: readonly Trigger[]; readonly withoutGuard?: boolean },
  ): Promise<BackupRow | undefined>
  /** False when there is no such row. */
  setPinned(scope: TenantScope, deviceId: string, commitSha: string, pinned: boolean): Promise<boolean>
  /** Removes rows whose revisions retention dropped; unknown shas are ignored. */
  remove(scope: TenantScope, deviceId: string, commitShas: readonly string[]): Promise<void>
  /** Records an attempt that gave no revision. */
  recordFailure(scope: TenantScope, failure: FailedRun): Promise<void>
  /** Failed attempts, newest first, at most `limit` (default 100). */
  listFailures(
    scope: TenantScope,
    filter?: { readonly deviceId?: string; readonly limit?: number },
  ): Promise<readonly FailedRun[]>
}
