import type { TenantScope } from '@tod/core'
import { sql } from 'kysely'
import type { SqlDatabase } from './sql-database.js'

/** An answer that is given again when a request comes again. */
export interface KeptAnswer {
  readonly status: number
  /** Absent in answers that an earlier version kept. */
  readonly headers?: Readonly<Record<string, string>>
  /** JSON; holds no secret. */
  readonly body: unknown
}

/** What a request with an idempotency key is to do. */
export type IdempotencyVerdict =
  /** It is the first: do it, then `finish` or `abandon`. */
  | { readonly verdict: 'first' }
  /** It was done: give the same answer. */
  | { readonly verdict: 'again'; readonly answer: KeptAnswer }
  /** The first is still being done. */
  | { readonly verdict: 'in-progress' }
  /** The key was used for another request. */
  | { readonly verdict: 'other-request' }

/**
 * Remembers answers to requests that clients may send again (`Idempotency-Key`). A key belongs to the principal who
 * sent it, and is forgotten after its time, by the database's clock.
 */
export class IdempotencyStore {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  #after(ms: number) {
    return sql<number>`${this.#database.nowMs} + cast(${Math.ceil(ms)} as bigint)`
  }

  /**
   * Of two equal requests at once one is `first`; it holds the key for `holdMs` at most, so that a process that died
   * does not hold it for ever.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE
   */
  async begin(
    scope: TenantScope,
    request: { readonly key: string; readonly digest: string; readonly holdMs: number },
  ): Promise<IdempotencyVerdict> {
    const { nowMs } = this.#database
    return this.#database.write(scope, async (queries) => {
      const values = { request_digest: request.digest, answer: null, expires_at: this.#after(request.holdMs) }
      const first = await queries
        .insertInto('idempotency_keys')
        .values({
          tenant_id: scope.tenantId,
          principal_id: scope.principalId,
          idempotency_key: request.key,
          ...values,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'principal_id', 'idempotency_key'])
            .doUpdateSet(values)
            .where('idempotency_keys.expires_at', '<=', nowMs),
        )
        .returning('idempotency_key')
        .executeTakeFirst()
      if (first !== undefined) return { verdict: 'first' }
      const row = await queries
        .selectFrom('idempotency_keys')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .where('principal_id', '=', scope.principalId)
        .where('idempotency_key', '=', request.key)
        .executeTakeFirstOrThrow()
      if (row.request_digest !== request.digest) return { verdict: 'other-request' }
      if (row.answer === null) return { verdict: 'in-progress' }
      return { verdict: 'again', answer: JSON.parse(row.answer) as KeptAnswer }
    })
  }

  /** Keeps the answer for so long from now on. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  async finish(
    scope: TenantScope,
    key: string,
    answer: KeptAnswer & { readonly keepMs: number },
  ): Promise<void> {
    const { keepMs, ...kept } = answer
    await this.#database.write(scope, (queries) =>
      queries
        .updateTable('idempotency_keys')
        .set({ answer: JSON.stringify(kept), expires_at: this.#after(keepMs) })
        .where('tenant_id', '=', scope.tenantId)
        .where('principal_id', '=', scope.principalId)
        .where('idempotency_key', '=', key)
        .execute(),
    )
  }

  /** Forgets a request that came to nothing, so that it may be sent again. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  async abandon(scope: TenantScope, key: string): Promise<void> {
    await this.#database.write(scope, (queries) =>
      queries
        .deleteFrom('idempotency_keys')
        .where('tenant_id', '=', scope.tenantId)
        .where('principal_id', '=', scope.principalId)
        .where('idempotency_key', '=', key)
        .execute(),
    )
  }

  /** Removes the tenant's keys whose time is over; returns how many. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  async sweep(scope: TenantScope): Promise<number> {
    const removed = await this.#database.write(scope, (queries) =>
      queries
        .deleteFrom('idempotency_keys')
        .where('tenant_id', '=', scope.tenantId)
        .where('expires_at', '<=', this.#database.nowMs)
        .executeTakeFirst(),
    )
    return Number(removed.numDeletedRows)
  }
}
