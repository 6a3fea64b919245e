import type { CoreError } from '@tod/core'
import { type Kysely, type Migration, Migrator, sql } from 'kysely'
import type { Schema } from './schema.js'

/** The database holds migrations that this program does not know, or one of ours failed. Nothing was changed. */
export class MigrationFailedError extends Error {
  override readonly name = 'MigrationFailedError'
}

/** A migration as a list of statements. */
export function statements(texts: readonly string[]): Migration {
  return {
    async up(kysely) {
      for (const text of texts) await sql.raw(text).execute(kysely)
    },
  }
}

/**
 * Brings the schema up to date. The caller sees to it that one process at a time does so, and that a failure leaves
 * nothing behind.
 *
 * @throws MigrationFailedError · what `toStorageError` makes of a fault of the database
 */
export async function migrateToLatest(
  connection: Kysely<Schema>,
  migrations: Readonly<Record<string, Migration>>,
  toStorageError: (cause: unknown) => CoreError | undefined,
): Promise<readonly string[]> {
  const migrator = new Migrator({
    db: connection,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableName: 'tod_migrations',
    migrationLockTableName: 'tod_migrations_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    const fault = toStorageError(error)
    if (fault !== undefined) throw fault
    throw new MigrationFailedError('The database schema could not be brought up to date.', { cause: error })
  }
  return (results ?? []).map((result) => result.migrationName)
}
