import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../sql/schema.js'
import type { SqlEngine } from '../sql/sql-engine.js'
import { isBusy, toStorageError } from './to-storage-error.js'

/**
 * SQLite as the repositories need it. Writers take turns from their first statement on (`begin immediate`): a
 * transaction that began as a reader could not become a writer when another process wrote in between.
 */
export function createSqliteEngine(
  kysely: Kysely<Schema>,
  options: { readonly busyTimeoutMs: number },
): SqlEngine {
  return {
    kysely,
    nowMs: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    skipLocked: sql``,
    begin: async (connection, mode) => {
      await (mode === 'write' ? sql`begin immediate` : sql`begin`).execute(connection)
    },
    mayBeginAgain: (cause, { sinceMs }) => mayTryAgain(cause, sinceMs, options.busyTimeoutMs),
    toStorageError,
  }
}

/**
 * Waits a moment when another process holds the file and the time for that is not over. The library could wait too,
 * but would stop the event loop meanwhile.
 */
export async function mayTryAgain(cause: unknown, sinceMs: number, busyTimeoutMs: number): Promise<boolean> {
  if (!isBusy(cause) || sinceMs >= busyTimeoutMs) return false
  await sleep(1 + Math.random() * 9)
  return true
}
