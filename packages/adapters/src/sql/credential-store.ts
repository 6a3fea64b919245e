import {
  BackupNotDecryptableError,
  type DeviceCredentials,
  type SecretBox,
  type TenantScope,
  type WritableCredentialStore,
} from '@tod/core'
import type { SqlDatabase } from './sql-database.js'

/** Credentials in the database, sealed before they are written. The box is asked outside of any transaction. */
export class SqlCredentialStore implements WritableCredentialStore {
  readonly #database: SqlDatabase
  readonly #box: SecretBox

  constructor(database: SqlDatabase, box: SecretBox) {
    this.#database = database
    this.#box = box
  }

  async find(
    scope: TenantScope,
    deviceId: string,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<DeviceCredentials | undefined> {
    const row = await this.#database.read(scope, (queries) =>
      queries
        .selectFrom('credentials')
        .select('sealed')
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', deviceId)
        .executeTakeFirst(),
    )
    if (row === undefined) return undefined
    const place = { deviceId, file: 'credentials' } as const
    const opened = await this.#box.open(scope, place, new Uint8Array(row.sealed), options)
    return parseCredentials(new TextDecoder().decode(opened), deviceId)
  }

  async put(scope: TenantScope, deviceId: string, credentials: DeviceCredentials): Promise<void> {
    const place = { deviceId, file: 'credentials' } as const
    const { username, password, privateKey, passphrase } = credentials
    const text = JSON.stringify({ username, password, privateKey, passphrase })
    const { bytes } = await this.#box.seal(scope, place, new TextEncoder().encode(text))
    const sealed = Buffer.from(bytes)
    await this.#database.write(scope, (queries) =>
      queries
        .insertInto('credentials')
        .values({ tenant_id: scope.tenantId, device_id: deviceId, sealed })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'device_id']).doUpdateSet({ sealed }))
        .execute(),
    )
  }

  async remove(scope: TenantScope, deviceId: string): Promise<boolean> {
    const removed = await this.#database.write(scope, (queries) =>
      queries
        .deleteFrom('credentials')
        .where('tenant_id', '=', scope.tenantId)
        .where('device_id', '=', deviceId)
        .executeTakeFirst(),
    )
    return removed.numDeletedRows > 0n
  }
}

/** Text that opened is what was sealed; anything else means that the seal was not what it should be. */
function parseCredentials(text: string, deviceId: string): DeviceCredentials {
  try {
    return JSON.parse(text) as DeviceCredentials
  } catch {
    // Without the parser's error: it quotes the text.
    throw new BackupNotDecryptableError({ deviceId, file: 'credentials' })
  }
}
