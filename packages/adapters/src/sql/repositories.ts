import type { SecretBox } from '@tod/core'
import { ApiKeyRepository } from './api-key-repository.js'
import { SqlAuditLog } from './audit-log.js'
import { SqlCredentialStore } from './credential-store.js'
import { SqlDeviceDirectory } from './device-directory.js'
import { SqlDeviceLock } from './device-lock.js'
import { SqlHostKeyStore } from './host-key-store.js'
import { IdempotencyStore } from './idempotency-store.js'
import { SqlPushJournal } from './push-journal.js'
import { SqlRunRepository } from './run-repository.js'
import { SqlScheduleRepository } from './schedule-repository.js'
import { SqlDatabase } from './sql-database.js'
import type { SqlEngine } from './sql-engine.js'
import { TenantRepository } from './tenant-repository.js'
import { SqlTenantSettingsStore } from './tenant-settings-store.js'
import { SqlWrappedKeyStore } from './wrapped-key-store.js'

/** Everything that is kept in the database, the same on SQLite and PostgreSQL. */
export interface SqlRepositories {
  readonly devices: SqlDeviceDirectory
  readonly hostKeys: SqlHostKeyStore
  readonly runs: SqlRunRepository
  readonly schedules: SqlScheduleRepository
  readonly locks: SqlDeviceLock
  readonly journal: SqlPushJournal
  readonly wrappedKeys: SqlWrappedKeyStore
  readonly audit: SqlAuditLog
  readonly settings: SqlTenantSettingsStore
  readonly tenants: TenantRepository
  readonly apiKeys: ApiKeyRepository
  readonly idempotency: IdempotencyStore
  /** Credentials need a box to be sealed with, and that one needs `wrappedKeys`. */
  credentials(box: SecretBox): SqlCredentialStore
}

/** An open database. */
export interface OpenedDatabase extends SqlRepositories {
  /** Answers when the database does. @throws STORAGE_UNAVAILABLE · STORAGE_CORRUPT */
  check(): Promise<void>
  /** Waits for transactions under way and closes. A second call does nothing. */
  close(): Promise<void>
}

/** Makes the repositories of an open database. */
export function createRepositories(engine: SqlEngine): SqlRepositories {
  const database = new SqlDatabase(engine)
  return {
    devices: new SqlDeviceDirectory(database),
    hostKeys: new SqlHostKeyStore(database),
    runs: new SqlRunRepository(database),
    schedules: new SqlScheduleRepository(database),
    locks: new SqlDeviceLock(database),
    journal: new SqlPushJournal(database),
    wrappedKeys: new SqlWrappedKeyStore(database),
    audit: new SqlAuditLog(database),
    settings: new SqlTenantSettingsStore(database),
    tenants: new TenantRepository(database),
    apiKeys: new ApiKeyRepository(database),
    idempotency: new IdempotencyStore(database),
    credentials: (box) => new SqlCredentialStore(database, box),
  }
}
