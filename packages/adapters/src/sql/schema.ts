import type { Generated } from 'kysely'

/** A row that belongs to a tenant. On PostgreSQL each such table has row-level security on this column. */
interface TenantRow {
  readonly tenant_id: string
}

/** Tables as both databases have them. Times are ms since 1970, truth values 0 or 1, structures JSON text. */
export interface Schema {
  readonly tenants: TenantTable
  readonly tenant_settings: TenantSettingsTable
  readonly devices: DeviceTable
  readonly credentials: CredentialTable
  readonly host_keys: HostKeyTable
  readonly backup_runs: BackupRunTable
  readonly failed_runs: FailedRunTable
  readonly schedules: ScheduleTable
  readonly device_due: DeviceDueTable
  readonly device_locks: DeviceLockTable
  readonly push_operations: PushOperationTable
  readonly push_timeline: PushTimelineTable
  readonly wrapped_keys: WrappedKeyTable
  readonly audit_log: AuditLogTable
  readonly api_keys: ApiKeyTable
  readonly idempotency_keys: IdempotencyKeyTable
}

/** Every tenant that has or had anything. `name` is null where the host keeps the names. */
interface TenantTable extends TenantRow {
  readonly name: string | null
  readonly created_at: number
}

/** Settings of a tenant, as JSON. */
interface TenantSettingsTable extends TenantRow {
  readonly settings: string
}

/** Devices, where the host has no table of its own. */
export interface DeviceTable extends TenantRow {
  readonly device_id: string
  readonly name: string
  readonly host: string
  readonly port: number
  readonly legacy_algorithms: number
}

/** Sealed credentials; never anything readable. */
interface CredentialTable extends TenantRow {
  readonly device_id: string
  readonly sealed: Uint8Array
}

/** The host key each device is known by. */
export interface HostKeyTable extends TenantRow {
  readonly device_id: string
  readonly algorithm: string
  readonly fingerprint: string
  readonly pinned_at: number
  readonly pinned_by: string
}

/** One revision each; `seq` is the order of insertion. */
export interface BackupRunTable extends TenantRow {
  readonly seq: Generated<number>
  readonly id: string
  readonly device_id: string
  readonly commit_sha: string
  readonly trigger_type: string
  readonly lines_added: number
  readonly lines_removed: number
  readonly encryption_tier: number | null
  readonly created_at: number
  readonly changed: number
  readonly export_bytes: number
  readonly binary_bytes: number | null
  readonly routeros_version: string
  readonly incomplete_menus: string
  readonly holds_guard: number
  readonly sealed_export_sha256: Uint8Array
  readonly pinned: number
}

/** Attempts that gave no revision. */
interface FailedRunTable extends TenantRow {
  readonly seq: Generated<number>
  readonly id: string
  readonly device_id: string
  readonly trigger_type: string
  readonly error_code: string
  readonly started_at: number
  readonly failed_at: number
}

/** `device_key` is the device's id, or empty for the tenant's default. */
export interface ScheduleTable extends TenantRow {
  readonly device_key: string
  readonly id: string
  readonly cron_expression: string
  readonly enabled: number
}

/** When devices come due; `due_at` null = never. */
interface DeviceDueTable extends TenantRow {
  readonly device_id: string
  readonly due_at: number | null
  readonly claimed_until: number | null
}

/** One row per device for good, so that fencing tokens ascend for good; `holder` null = free. */
export interface DeviceLockTable extends TenantRow {
  readonly device_id: string
  readonly holder: string | null
  readonly purpose: string
  readonly fencing_token: number
  readonly expires_at: number
}

/** Push operations; `record` is the JSON of what recovery needs, `steps` the number of timeline rows. */
export interface PushOperationTable extends TenantRow {
  readonly operation_id: string
  readonly device_id: string
  readonly record: string
  readonly state: string
  readonly open: number
  readonly steps: number
  readonly fencing_token: number
  readonly created_at: number
  readonly updated_at: number
  readonly error_code: string | null
}

/** Steps of push operations, never changed. */
interface PushTimelineTable extends TenantRow {
  readonly operation_id: string
  readonly step: number
  readonly entry: string
}

/** `device_key` is the device's id, or empty for the tenant's own key. */
export interface WrappedKeyTable extends TenantRow {
  readonly device_key: string
  readonly version: number
  readonly wrapped_by: string
  readonly wrapped: Uint8Array
  readonly created_at: number
}

/** Who did what; append only. */
interface AuditLogTable extends TenantRow {
  readonly seq: Generated<number>
  readonly principal_id: string
  readonly action: string
  readonly device_id: string | null
  readonly at: number
  readonly facts: string
}

/** API keys by the hash of their text. */
export interface ApiKeyTable extends TenantRow {
  readonly id: string
  readonly name: string
  readonly key_hash: string
  readonly scopes: string
  readonly created_by: string
  readonly created_at: number
  readonly expires_at: number | null
  readonly revoked_at: number | null
}

/** Answers to requests that may be sent again. */
interface IdempotencyKeyTable extends TenantRow {
  readonly principal_id: string
  readonly idempotency_key: string
  readonly request_digest: string
  readonly answer: string | null
  readonly expires_at: number
}
