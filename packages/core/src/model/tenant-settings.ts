/** Settings that a tenant may have of its own; each has a default in {@link defaultTenantSettings}. */
export interface TenantSettings {
  /** Whether exports are taken with secrets where the account may see them. */
  readonly secrets: 'include' | 'omit'
  /** `on-change`: a binary backup only when the significant text changed. */
  readonly binaryBackup: 'always' | 'on-change' | 'never'
  /** What a restore does when the analysis says lockout and the request does not say. */
  readonly onLockout: 'proceed' | 'refuse'
  /** What a restore does when the push applied but did not converge, and the request does not say. */
  readonly onResidual: 'keep' | 'revert'
  /** Wait between the end of the import and the reachability check, 0-600 000 ms. */
  readonly settleWindowMs: number
  /** Backups of this tenant at once. */
  readonly maxConcurrentBackups: number
  /** A backup during a push: wait for the lock up to `busyWaitMs`, or refuse at once. */
  readonly backupDuringPush: 'wait' | 'refuse'
}

/** In force where a tenant has none of its own. */
export const defaultTenantSettings: TenantSettings = {
  secrets: 'include',
  binaryBackup: 'always',
  onLockout: 'proceed',
  onResidual: 'keep',
  settleWindowMs: 60_000,
  maxConcurrentBackups: 10,
  backupDuringPush: 'wait',
}
