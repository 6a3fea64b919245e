import {
  assertTenantScope,
  type Clock,
  CoreError,
  type DeviceCredentials,
  KeyServiceUnavailableError,
  type TenantScope,
  throwIfAborted,
  type WritableCredentialStore,
  withDeadline,
} from '@tod/core'
import { parseCredentials } from './parse-credentials.js'

const service = 'key-value store'

/** Which OpenBao or Vault to ask. */
export interface VaultKvOptions {
  /** For example `https://vault.example:8200`. */
  readonly address: string
  /** Asked for each request, so that a token may be renewed by whoever keeps it. */
  readonly token: () => string | Promise<string>
  readonly clock: Clock
  /** Mount of a KV engine of version 2; default `secret`. */
  readonly mount?: string
  /** Folder in it; default `tod/devices`. Secrets are at `<folder>/<tenant id>/<device id>`. */
  readonly folder?: string
  /** Value of `X-Vault-Namespace`. */
  readonly namespace?: string
  /** Time limit of one request, ms; default 10 000. */
  readonly timeoutMs?: number
}

/**
 * Credentials in the KV engine (version 2) of OpenBao or HashiCorp Vault, over its HTTP API. A secret has the fields
 * `username`, `password`, `privateKey`, `passphrase`. What the service does not answer is an error, never "none".
 */
export class VaultKvCredentialStore implements WritableCredentialStore {
  readonly #options: VaultKvOptions

  constructor(options: VaultKvOptions) {
    this.#options = options
  }

  /** @throws SCOPE_INVALID · KEY_SERVICE_UNAVAILABLE · OPERATION_ABORTED */
  async find(
    scope: TenantScope,
    deviceId: string,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<DeviceCredentials | undefined> {
    const answer = await this.#request('GET', 'data', scope, deviceId, { signal: options.signal })
    if (answer === undefined) return undefined
    const credentials = parseCredentials(fieldOf(fieldOf(answer, 'data'), 'data'))
    // A secret that is there but is no login is a mistake of whoever wrote it, not a device without one.
    if (credentials === undefined) throw new KeyServiceUnavailableError({ service })
    return credentials
  }

  async put(scope: TenantScope, deviceId: string, credentials: DeviceCredentials): Promise<void> {
    await this.#request('POST', 'data', scope, deviceId, { body: JSON.stringify({ data: credentials }) })
  }

  /** All versions are destroyed. */
  async remove(scope: TenantScope, deviceId: string): Promise<boolean> {
    if ((await this.#request('GET', 'metadata', scope, deviceId)) === undefined) return false
    await this.#request('DELETE', 'metadata', scope, deviceId)
    return true
  }

  /** The answer's JSON (empty object for an empty body), or undefined when there is no such secret. */
  async #request(
    method: 'GET' | 'POST' | 'DELETE',
    endpoint: 'data' | 'metadata',
    scope: TenantScope,
    deviceId: string,
    request: { readonly body?: string; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<unknown> {
    assertTenantScope(scope)
    throwIfAborted(request.signal)
    const { clock, timeoutMs = 10_000 } = this.#options
    const url = this.#urlOf(endpoint, scope, deviceId)
    const headers = await this.#headers()
    const onTimeout = (): CoreError => new KeyServiceUnavailableError({ service })
    try {
      return await withDeadline({ clock, timeoutMs, onTimeout, signal: request.signal }, async (signal) => {
        const body = request.body ?? null
        const response = await fetch(url, { method, headers, body, signal, redirect: 'error' })
        const text = await response.text()
        if (response.status === 404) return undefined
        if (!response.ok)
          throw new KeyServiceUnavailableError({ service }, { cause: `HTTP ${response.status}` })
        return text === '' ? {} : JSON.parse(text)
      })
    } catch (cause) {
      if (cause instanceof CoreError) throw cause
      // Of the cause only the kind: a parser's error quotes the answer.
      throw new KeyServiceUnavailableError(
        { service },
        { cause: cause instanceof Error ? cause.name : 'unknown' },
      )
    }
  }

  #urlOf(endpoint: string, scope: TenantScope, deviceId: string): string {
    const { address, mount = 'secret', folder = 'tod/devices' } = this.#options
    const path = `${mount}/${endpoint}/${folder}/${segment(scope.tenantId)}/${segment(deviceId)}`
    return new URL(`/v1/${path}`, address).toString()
  }

  async #headers(): Promise<Record<string, string>> {
    const { token, namespace } = this.#options
    return {
      'X-Vault-Token': await token(),
      'X-Vault-Request': 'true',
      'Content-Type': 'application/json',
      ...(namespace !== undefined && { 'X-Vault-Namespace': namespace }),
    }
  }
}

/** One step of a path: an id can neither leave its folder nor add steps. Ids of ours have no dots. */
function segment(id: string): string {
  return encodeURIComponent(id).replaceAll('.', '%252E')
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
