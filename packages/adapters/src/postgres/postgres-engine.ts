import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import type { Schema } from '../sql/schema.js'
import type { SqlEngine } from '../sql/sql-engine.js'
import { isConnectionLost, toStorageError } from './to-storage-error.js'

/**
 * PostgreSQL as the repositories need it. Each transaction starts with whose it is, in one round trip: a tenant, for
 * row-level security and until the transaction ends, or the role that sees a little of all tenants.
 */
export function createPostgresEngine(
  kysely: Kysely<Schema>,
  options: { readonly systemRole: string; readonly poolSize: number },
): SqlEngine {
  return {
    kysely,
    nowMs: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
    skipLocked: sql`for update skip locked`,
    begin: async (connection, mode, owner) => {
      const begin = mode === 'write' ? 'begin' : 'begin read only'
      const become =
        owner === 'system'
          ? `set local role ${pg.escapeIdentifier(options.systemRole)}`
          : `select set_config('app.tenant', ${pg.escapeLiteral(owner.tenantId)}, true)`
      await sql.raw(`${begin}; ${become}`).execute(connection)
    },
    // A connection of the pool may have been cut while it was idle; all of them, when the server was restarted. Each can
    // fail twice, by the server's last word and by its end, before it leaves the pool.
    mayBeginAgain: async (cause, { count }) => count <= 2 * options.poolSize && isConnectionLost(cause),
    toStorageError,
  }
}
