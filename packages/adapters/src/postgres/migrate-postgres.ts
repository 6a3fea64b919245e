import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { migrateToLatest } from '../sql/migrate.js'
import type { Schema } from '../sql/schema.js'
import { postgresMigrations } from './postgres-migrations.js'
import { defaultPostgresRoles, type PostgresRoles } from './postgres-roles.js'
import { toStorageError } from './to-storage-error.js'

/** Which database to bring up to date, and for whom. */
export interface MigratePostgresOptions extends Partial<PostgresRoles> {
  /** Connects as the role that is to own the tables. */
  readonly connectionString: string
}

/**
 * Brings the schema of a PostgreSQL database up to date, in one transaction; of several processes at once one does it.
 * Run as the owner of the tables, before servers that need the new schema start. The roles have to be there.
 *
 * @returns names of the migrations that were run; empty when there was nothing to do
 * @throws STORAGE_UNAVAILABLE · MigrationFailedError
 */
export async function migratePostgres(options: MigratePostgresOptions): Promise<readonly string[]> {
  const roles = { ...defaultPostgresRoles, ...options }
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: 1,
    application_name: 'tod-migrate',
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await migrateToLatest(kysely, postgresMigrations(roles), toStorageError)
  } catch (error) {
    throw toStorageError(error) ?? error
  } finally {
    await kysely.destroy()
  }
}
