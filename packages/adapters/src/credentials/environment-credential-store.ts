import { assertTenantScope, type CredentialStore, type DeviceCredentials, type TenantScope } from '@tod/core'
import { parseCredentials } from './parse-credentials.js'

/** Where the variables are. */
export interface EnvironmentCredentialOptions {
  /** The one tenant whose devices these credentials are for. Every other tenant finds nothing. */
  readonly tenantId: string
  /** Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Default `TOD_DEVICE`. */
  readonly prefix?: string
}

/**
 * Credentials from environment variables: `TOD_DEVICE_<ID>_USERNAME`, `…_PASSWORD`, `…_PRIVATE_KEY`, `…_PASSPHRASE`, the
 * device's id in capitals with `_` for everything but letters and digits. Where a device has none of its own, the same
 * names without the id. Private keys may have `\n` for line ends.
 */
export class EnvironmentCredentialStore implements CredentialStore {
  readonly #tenantId: string
  readonly #environment: Readonly<Record<string, string | undefined>>
  readonly #prefix: string

  constructor(options: EnvironmentCredentialOptions) {
    this.#tenantId = options.tenantId
    this.#environment = options.environment ?? process.env
    this.#prefix = options.prefix ?? 'TOD_DEVICE'
  }

  async find(scope: TenantScope, deviceId: string): Promise<DeviceCredentials | undefined> {
    assertTenantScope(scope)
    if (scope.tenantId !== this.#tenantId) return undefined
    const own = `${this.#prefix}_${deviceId.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
    return this.#read(own) ?? this.#read(this.#prefix)
  }

  #read(prefix: string): DeviceCredentials | undefined {
    const variable = (name: string): string | undefined => this.#environment[`${prefix}_${name}`]
    return parseCredentials({
      username: variable('USERNAME'),
      password: variable('PASSWORD'),
      privateKey: variable('PRIVATE_KEY')?.replaceAll('\\n', '\n'),
      passphrase: variable('PASSPHRASE'),
    })
  }
}
