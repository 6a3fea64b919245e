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
      await whenFree(options.busyTimeoutMs, () =>
        (mode === 'write' ? sql`begin immediate` : sql`begin`).execute(connection),
      )
    },
    isStale: () => false,
    toStorageError,
  }
}

/** Tries again while another process holds the file. Waiting here and not in the library keeps the event loop running. */
export async function whenFree<T>(timeoutMs: number, attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error
      await sleep(1 + Math.random() * 9)
    }
  }
}
