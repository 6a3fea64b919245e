import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { MigrationFailedError } from '../sql/migrate.js'
import { createRepositories, type OpenedDatabase } from '../sql/repositories.js'
import type { Schema } from '../sql/schema.js'
import { assertSafeRole } from './assert-safe-role.js'
import { createPostgresEngine } from './postgres-engine.js'
import { postgresMigrations } from './postgres-migrations.js'
import { defaultPostgresRoles, type PostgresRoles } from './postgres-roles.js'
import { toStorageError } from './to-storage-error.js'

/** Where the database is, and its limits. */
export interface PostgresOptions extends Partial<PostgresRoles> {
  /** Connects as the application role. */
  readonly connectionString: string
  /** Connections at most; default 10. */
  readonly poolSize?: number
  /** A statement is given up after this, ms; default 30 000. */
  readonly statementTimeoutMs?: number
  /** Waiting for another's row lock is given up after this, ms; default 10 000. */
  readonly lockTimeoutMs?: number
  /** Waiting for a connection is given up after this, ms; default 10 000. */
  readonly connectTimeoutMs?: number
}

/**
 * Connects to a PostgreSQL database whose schema is up to date (`migratePostgres`) and gives the repositories. Broken
 * connections are replaced. Refuses a role that row-level security would not hold.
 *
 * @throws STORAGE_UNAVAILABLE
 * @throws MigrationFailedError when the schema is older or newer than this program
 * @throws UnsafeDatabaseRoleError
 */
export async function openPostgres(options: PostgresOptions): Promise<OpenedDatabase> {
  const roles = { ...defaultPostgresRoles, ...options }
  const pool = createPool(options)
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const engine = createPostgresEngine(kysely, { ...roles, poolSize: poolSizeOf(options) })
  const translated = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      throw toStorageError(error) ?? error
    }
  }
  try {
    await translated(async () => {
      await assertSafeRole(kysely)
      await assertUpToDate(kysely, roles)
    })
  } catch (error) {
    await kysely.destroy()
    throw error
  }
  let closed: Promise<void> | undefined
  return {
    ...createRepositories(engine),
    check: () => translated(() => sql`select 1`.execute(kysely)),
    close: () => {
      closed ??= kysely.destroy()
      return closed
    },
  }
}

function poolSizeOf(options: PostgresOptions): number {
  return options.poolSize ?? 10
}

function createPool(options: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: 'tod',
    max: poolSizeOf(options),
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    lock_timeout: options.lockTimeoutMs ?? 10_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    types: { getTypeParser },
  })
  // A connection that breaks says so, idle or in use: without a listener the process would end. The pool drops it, and
  // who uses it gets the error of its own statement.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** 64-bit integers as numbers: all of ours are counts and times in ms, far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid, format) =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)

async function assertUpToDate(kysely: Kysely<Schema>, roles: PostgresRoles): Promise<void> {
  const known = Object.keys(postgresMigrations(roles))
  const { rows } = await sql<{ readonly present: boolean }>`
    select to_regclass('tod_migrations') is not null as present`.execute(kysely)
  const applied = rows[0]?.present
    ? (await sql<{ readonly name: string }>`select name from tod_migrations order by name`.execute(kysely))
        .rows
    : []
  if (applied.map((row) => row.name).join() !== known.join()) {
    throw new MigrationFailedError(
      applied.length < known.length
        ? 'The database schema is older than this program: migrate it first.'
        : 'The database schema is newer than this program.',
    )
  }
}
