import type { TenantScope } from '../access/tenant-scope.js'

/** Who did what. Holds no secret. */
export interface AuditRecord {
  readonly action:
    | 'backup.create'
    | 'backup.read-export'
    | 'backup.read-binary'
    | 'backup.pin'
    | 'restore.preview'
    | 'restore.start'
    | 'restore.end'
    | 'schedule.change'
    | 'host-key.accept'
    | 'host-key.first-use'
    | 'device.change'
    | 'credentials.change'
    | 'keys.rotate'
    | 'keys.shred'
  readonly deviceId: string | null
  /** UTC, ms since 1970. */
  readonly at: number
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

/** A record with its writer. */
export interface AuditEntry extends AuditRecord {
  readonly tenantId: string
  readonly principalId: string
}

/** Append-only record of who did what. The principal is the scope's. */
export interface AuditLog {
  /** Durable when it resolves. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_FULL */
  append(scope: TenantScope, record: AuditRecord): Promise<void>
  /** Newest first, at most `limit` (default 100), skipping `offset`. */
  list(
    scope: TenantScope,
    filter?: { readonly deviceId?: string; readonly limit?: number; readonly offset?: number },
  ): Promise<readonly AuditEntry[]>
}
