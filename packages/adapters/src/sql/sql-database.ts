import { assertSystemScope, assertTenantScope, type SystemScope, type TenantScope } from '@tod/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.js'
import type { SqlEngine, TransactionOwner } from './sql-engine.js'

/** Queries of one transaction. */
export type Queries = Kysely<Schema>

/**
 * The only way of the repositories to the database: every access is a transaction that was entered with a scope. On
 * PostgreSQL the transaction carries the tenant into row-level security; the queries name the tenant all the same.
 */
export class SqlDatabase {
  readonly #engine: SqlEngine

  constructor(engine: SqlEngine) {
    this.#engine = engine
  }

  /** The database's clock in ms, for use inside a query. */
  get nowMs(): RawBuilder<number> {
    return this.#engine.nowMs
  }

  /** See {@link SqlEngine.skipLocked}. */
  get skipLocked(): RawBuilder<unknown> {
    return this.#engine.skipLocked
  }

  /** @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_CORRUPT */
  async read<T>(scope: TenantScope, work: (queries: Queries) => Promise<T>): Promise<T> {
    assertTenantScope(scope)
    return this.#transaction('read', { tenantId: scope.tenantId }, work)
  }

  /**
   * Durable when it resolves, undone when `work` throws.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_CONFLICT · STORAGE_FULL · STORAGE_CORRUPT
   */
  async write<T>(scope: TenantScope, work: (queries: Queries) => Promise<T>): Promise<T> {
    assertTenantScope(scope)
    return this.#transaction('write', { tenantId: scope.tenantId }, work)
  }

  /** Across tenants; on PostgreSQL as a role that sees a few columns of a few tables. */
  async readAsSystem<T>(system: SystemScope, work: (queries: Queries) => Promise<T>): Promise<T> {
    assertSystemScope(system)
    return this.#transaction('read', 'system', work)
  }

  /** Across tenants; on PostgreSQL as a role that changes one column of one table. */
  async writeAsSystem<T>(system: SystemScope, work: (queries: Queries) => Promise<T>): Promise<T> {
    assertSystemScope(system)
    return this.#transaction('write', 'system', work)
  }

  async #transaction<T>(
    mode: 'read' | 'write',
    owner: TransactionOwner,
    work: (queries: Queries) => Promise<T>,
  ): Promise<T> {
    const start = performance.now()
    for (let count = 1; ; count++) {
      let hasBegun = false
      try {
        return await this.#engine.kysely.connection().execute(async (connection) => {
          await this.#engine.begin(connection, mode, owner)
          hasBegun = true
          return await finish(connection, work)
        })
      } catch (error) {
        const tries = { count, sinceMs: performance.now() - start }
        if (!hasBegun && (await this.#engine.mayBeginAgain(error, tries))) continue
        throw this.#engine.toStorageError(error) ?? error
      }
    }
  }
}

async function finish<T>(connection: Queries, work: (queries: Queries) => Promise<T>): Promise<T> {
  try {
    const result = await work(connection)
    await sql`commit`.execute(connection)
    return result
  } catch (error) {
    // A rollback that fails adds nothing: the connection is broken and the database undoes it itself.
    await sql`rollback`.execute(connection).catch(() => {})
    throw error
  }
}
