import type { CoreError } from '@tod/core'
import type { Kysely, RawBuilder } from 'kysely'
import type { Schema } from './schema.js'

/** On whose behalf a transaction runs: one tenant, or the system across tenants. */
export type TransactionOwner = { readonly tenantId: string } | 'system'

/**
 * What differs between the databases. Everything else is one code: both understand upserts with `where`, `returning`
 * and the same types at this boundary.
 */
export interface SqlEngine {
  readonly kysely: Kysely<Schema>
  /** The database's own clock, ms since 1970: coordination between processes goes by it alone. */
  readonly nowMs: RawBuilder<number>
  /** Put after a sub-select so that two dispatchers at once take other rows; empty where writers take turns anyway. */
  readonly skipLocked: RawBuilder<unknown>
  /** Starts a transaction on this connection; `write` takes its turn where writers take turns. */
  begin(connection: Kysely<Schema>, mode: 'read' | 'write', owner: TransactionOwner): Promise<void>
  /**
   * Called when no transaction could be started: waits if that helps, without holding a connection, and answers
   * whether to try again.
   */
  mayBeginAgain(cause: unknown, tries: { readonly count: number; readonly sinceMs: number }): Promise<boolean>
  /** Translates an error of the database; undefined for any other error, which then stays what it is. */
  toStorageError(cause: unknown): CoreError | undefined
}
