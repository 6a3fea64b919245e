import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { migrateToLatest } from '../sql/migrate.js'
import { createRepositories, type OpenedDatabase } from '../sql/repositories.js'
import type { Schema } from '../sql/schema.js'
import type { SqlEngine } from '../sql/sql-engine.js'
import { createSqliteEngine, mayTryAgain } from './sqlite-engine.js'
import { sqliteMigrations } from './sqlite-migrations.js'
import { toStorageError } from './to-storage-error.js'

/** Where the database is, and how patient to be. */
export interface SqliteOptions {
  /** Path of the file; it is made when absent. `:memory:` keeps nothing. */
  readonly file: string
  /** How long a writer waits for writers of other processes, ms; default 10 000. */
  readonly busyTimeoutMs?: number
}

/** The library itself waits this long, with the event loop stopped, where we cannot wait for it. */
const innerBusyTimeoutMs = 20

/**
 * Opens a SQLite file, brings its schema up to date and gives the repositories. Several processes may open the same
 * file. What is acknowledged is on the disk (write-ahead log, `synchronous=FULL`).
 *
 * @throws STORAGE_UNAVAILABLE · STORAGE_CORRUPT · STORAGE_FULL
 * @throws MigrationFailedError when the file was written by a newer program
 */
export async function openSqlite(options: SqliteOptions): Promise<OpenedDatabase> {
  const busyTimeoutMs = options.busyTimeoutMs ?? 10_000
  const start = performance.now()
  for (;;) {
    try {
      return await openOnce(options.file, busyTimeoutMs)
    } catch (error) {
      if (await mayTryAgain(error, performance.now() - start, busyTimeoutMs)) continue
      throw toStorageError(error) ?? error
    }
  }
}

async function openOnce(file: string, busyTimeoutMs: number): Promise<OpenedDatabase> {
  const database = openFile(file)
  const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
  const engine = createSqliteEngine(kysely, { busyTimeoutMs })
  try {
    await migrate(engine)
  } catch (error) {
    database.close()
    throw error
  }
  return {
    ...createRepositories(engine),
    check: async () => {
      try {
        await sql`select count(*) from tod_migrations`.execute(kysely)
      } catch (error) {
        throw toStorageError(error) ?? error
      }
    },
    close: () => kysely.destroy(),
  }
}

function openFile(file: string): Database.Database {
  let database: Database.Database | undefined
  try {
    // For the owner alone; the files that SQLite puts beside it take after it.
    if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600))
    database = new Database(file, { timeout: innerBusyTimeoutMs })
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    // Deleted credentials and keys are overwritten, not only unlinked.
    database.pragma('secure_delete = ON')
    return database
  } catch (error) {
    database?.close()
    throw error
  }
}

/** In one transaction, so that of several processes that start at once one migrates and the others find it done. */
async function migrate({ kysely, begin }: SqlEngine): Promise<void> {
  await kysely.connection().execute(async (connection) => {
    await begin(connection, 'write', 'system')
    try {
      await migrateToLatest(connection, sqliteMigrations, toStorageError)
      await sql`commit`.execute(connection)
    } catch (error) {
      await sql`rollback`.execute(connection).catch(() => {})
      throw error
    }
  })
}
