import { randomUUID } from 'node:crypto'
import type { SystemScope, TenantScope } from '@tod/core'
import type { ApiKeyTable } from './schema.js'
import type { SqlDatabase } from './sql-database.js'
import { wholeMs } from './whole-ms.js'

/** An API key without its text, which nobody keeps. */
export interface ApiKey {
  readonly id: string
  readonly tenantId: string
  /** For people. */
  readonly name: string
  readonly scopes: readonly string[]
  /** Principal who made it. */
  readonly createdBy: string
  /** UTC, ms since 1970. */
  readonly createdAt: number
  /** Null = never. */
  readonly expiresAt: number | null
  readonly revokedAt: number | null
}

/**
 * API keys of tenants, for servers that hand them out. It is given hashes only: SHA-256 of the key's text is enough,
 * because the text is random and long.
 */
export class ApiKeyRepository {
  readonly #database: SqlDatabase

  constructor(database: SqlDatabase) {
    this.#database = database
  }

  /** Adds a key of the scope's tenant. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_CONFLICT same hash */
  async add(
    scope: TenantScope,
    key: {
      readonly name: string
      readonly keyHash: string
      readonly scopes: readonly string[]
      readonly expiresAt?: number | null
    },
  ): Promise<ApiKey> {
    const row = await this.#database.write(scope, (queries) =>
      queries
        .insertInto('api_keys')
        .values({
          id: randomUUID(),
          tenant_id: scope.tenantId,
          name: key.name,
          key_hash: key.keyHash,
          scopes: JSON.stringify(key.scopes),
          created_by: scope.principalId,
          created_at: this.#database.nowMs,
          expires_at: key.expiresAt == null ? null : wholeMs(key.expiresAt),
          revoked_at: null,
        })
        .returningAll()
        .executeTakeFirstOrThrow(),
    )
    return toApiKey(row)
  }

  /**
   * The key of this hash, whoever's it is, unless it is revoked or has run out: who presents a key is not in a tenant
   * yet.
   *
   * @throws SCOPE_INVALID · STORAGE_UNAVAILABLE
   */
  async findValid(system: SystemScope, keyHash: string): Promise<ApiKey | undefined> {
    const row = await this.#database.readAsSystem(system, (queries) =>
      queries
        .selectFrom('api_keys')
        .selectAll()
        .where('key_hash', '=', keyHash)
        .where('revoked_at', 'is', null)
        .where((where) =>
          where.or([where('expires_at', 'is', null), where('expires_at', '>', this.#database.nowMs)]),
        )
        .executeTakeFirst(),
    )
    return row && toApiKey(row)
  }

  /** All keys of the tenant, newest first, revoked ones too. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  async list(scope: TenantScope): Promise<readonly ApiKey[]> {
    const rows = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('api_keys')
        .selectAll()
        .where('tenant_id', '=', scope.tenantId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute(),
    )
    return rows.map(toApiKey)
  }

  /** False when the tenant has no such key, or it is revoked already. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  async revoke(scope: TenantScope, id: string): Promise<boolean> {
    const updated = await this.#database.write(scope, (queries) =>
      queries
        .updateTable('api_keys')
        .set({ revoked_at: this.#database.nowMs })
        .where('tenant_id', '=', scope.tenantId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst(),
    )
    return updated.numUpdatedRows > 0n
  }
}

function toApiKey(row: ApiKeyTable): ApiKey {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    name: row.name,
    scopes: JSON.parse(row.scopes) as readonly string[],
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }
}
