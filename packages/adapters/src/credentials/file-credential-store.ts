import { open } from 'node:fs/promises'
import {
  assertTenantScope,
  type CredentialStore,
  type DeviceCredentials,
  StorageCorruptError,
  StorageUnavailableError,
  type TenantScope,
} from '@tod/core'
import { parseCredentials } from './parse-credentials.js'

const store = 'credential file'

/** Stands for every device of the tenant that has no entry of its own. */
const anyDevice = '*'

/** The file may be read by others than its owner. Nothing was read from it. */
export class CredentialFileExposedError extends Error {
  override readonly name = 'CredentialFileExposedError'
}

/**
 * Credentials from a JSON file: tenant id → device id, or `*` for the others → `username`, `password`, `privateKey`,
 * `passphrase`. It is read anew for each connection, so that a change takes effect at once. The file holds secrets in
 * the open; one that group or others may read is refused.
 *
 * @example
 * // { "<tenant id>": { "<device id>": { "username": "backup", "password": "…" }, "*": { … } } }
 * new FileCredentialStore('/etc/tod/credentials.json')
 */
export class FileCredentialStore implements CredentialStore {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** @throws SCOPE_INVALID · STORAGE_UNAVAILABLE · STORAGE_CORRUPT · CredentialFileExposedError */
  async find(scope: TenantScope, deviceId: string): Promise<DeviceCredentials | undefined> {
    assertTenantScope(scope)
    const ofTenant = memberOf(await this.#read(), scope.tenantId)
    const entry = memberOf(ofTenant, deviceId) ?? memberOf(ofTenant, anyDevice)
    if (entry === undefined) return undefined
    const credentials = parseCredentials(entry)
    if (credentials === undefined)
      throw new StorageCorruptError({ store, item: `entry of device ${deviceId}` })
    return credentials
  }

  async #read(): Promise<unknown> {
    const text = await readPrivateFile(this.#file)
    try {
      return JSON.parse(text)
    } catch {
      // Without the parser's error as cause: it quotes the text.
      throw new StorageCorruptError({ store, item: 'not JSON' })
    }
  }
}

async function readPrivateFile(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r')
    try {
      const { mode } = await handle.stat()
      // Windows has no such bits.
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
        throw new CredentialFileExposedError(
          'The credential file can be read by others than its owner (chmod 600).',
        )
      }
      return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (cause) {
    if (cause instanceof CredentialFileExposedError) throw cause
    throw new StorageUnavailableError({ store }, { cause })
  }
}

/** A member of its own, not one that every object has. */
function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
