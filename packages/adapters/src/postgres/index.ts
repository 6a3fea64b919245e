export type { ApiKey, ApiKeyRepository } from '../sql/api-key-repository.js'
export type { IdempotencyStore, IdempotencyVerdict, KeptAnswer } from '../sql/idempotency-store.js'
export { MigrationFailedError } from '../sql/migrate.js'
export type { OpenedDatabase, SqlRepositories } from '../sql/repositories.js'
export type { Tenant, TenantRepository } from '../sql/tenant-repository.js'
export { UnsafeDatabaseRoleError } from './assert-safe-role.js'
export { type MigratePostgresOptions, migratePostgres } from './migrate-postgres.js'
export { openPostgres, type PostgresOptions } from './open-postgres.js'
export {
  type CreateRolesOptions,
  createPostgresRoles,
  defaultPostgresRoles,
  type PostgresRoles,
} from './postgres-roles.js'
