import { randomBytes } from 'node:crypto'
import {
  assertTenantScope,
  KeyServiceUnavailableError,
  type TenantScope,
  type WrappedKey,
  type WrappedKeyStore,
} from '@tod/core'
import type { KeyProvider } from './master-key.js'
import { type KeyChange, KeyRotation } from './rotate-keys.js'
import { loadSodium, type Sodium } from './sodium.js'
import { tenantKeyName, unwrapKey, wrapKey } from './wrap-key.js'

/** A key of a device, unwrapped. */
export interface DataKey {
  readonly version: number
  readonly bytes: Uint8Array
}

/** What the ring is made of. */
export interface KeyRingOptions {
  readonly masterKeys: KeyProvider
  readonly store: WrappedKeyStore
  /** UTC, ms since 1970; default the machine's clock. */
  readonly now?: () => number
}

type Waiting = { readonly signal?: AbortSignal }

/** Unwrapped keys remembered at once; the oldest goes first. */
const remembered = 20_000

/**
 * Master key → tenant key → data key of a device. Keys are made when first needed, kept wrapped in the store,
 * and unwrapped in memory only. The store is asked each time, so that a key destroyed elsewhere is gone at once.
 */
export class KeyRing {
  readonly #unwrapped = new Map<string, Uint8Array>()
  readonly #now: () => number

  constructor(private readonly options: KeyRingOptions) {
    this.#now = options.now ?? Date.now
  }

  /**
   * The key that seals a device's new content; made when the device has none.
   *
   * @throws KEY_SERVICE_UNAVAILABLE also when the tenant's key needs a master key that is not at hand
   */
  async currentKey(scope: TenantScope, deviceId: string, options: Waiting = {}): Promise<DataKey> {
    const newest = (await this.options.store.list(scope, deviceId)).at(-1)
    const stored = newest ?? (await this.#addKey(scope, deviceId, 1, options))
    return await this.#unwrapDataKey(scope, stored, options)
  }

  /**
   * A version of a device's key; undefined when there is none: never made, or shredded.
   *
   * @throws KEY_SERVICE_UNAVAILABLE as `currentKey`
   */
  async keyOfVersion(
    scope: TenantScope,
    deviceId: string,
    version: number,
    options: Waiting = {},
  ): Promise<DataKey | undefined> {
    const stored = (await this.options.store.list(scope, deviceId)).find((key) => key.version === version)
    return stored === undefined ? undefined : await this.#unwrapDataKey(scope, stored, options)
  }

  /**
   * Shows at start that the master key fits what is stored. Passes on a tenant that has no keys yet.
   *
   * @throws KEY_SERVICE_UNAVAILABLE naming the master key that is needed
   */
  async check(scope: TenantScope, options: Waiting = {}): Promise<void> {
    for (const stored of await this.options.store.list(scope, null)) {
      await this.#unwrapTenantKey(scope, stored, options)
    }
  }

  /** Re-wraps and renews keys of a tenant. See {@link KeyRotation}. */
  async rotate(
    scope: TenantScope,
    change: KeyChange,
    options: Waiting = {},
  ): Promise<{ readonly keys: number }> {
    const rotation = new KeyRotation({
      store: this.options.store,
      masterKeys: this.options.masterKeys,
      unwrapTenantKey: (stored) => this.#unwrapTenantKey(scope, stored, options),
      addKey: (deviceId, version) => this.#addKey(scope, deviceId, version, options),
    })
    return await rotation.run(scope, change, options)
  }

  /**
   * Destroys a device's keys, or with null every key of the tenant: what they sealed cannot be opened any more,
   * wherever copies of it are. Copies of the wrapped keys (backups of the database, recovery kits, mirrors of
   * the repository) open it still for who has the master key: destroy those too.
   */
  async shred(scope: TenantScope, deviceId: string | null): Promise<{ readonly keys: number }> {
    const keys = await this.options.store.destroy(scope, deviceId)
    const prefix = deviceId === null ? `${scope.tenantId}/` : `${scope.tenantId}/${deviceId}/`
    for (const [name, bytes] of this.#unwrapped) {
      if (!name.startsWith(prefix)) continue
      bytes.fill(0)
      this.#unwrapped.delete(name)
    }
    return { keys }
  }

  async #addKey(
    scope: TenantScope,
    deviceId: string | null,
    version: number,
    options: Waiting,
  ): Promise<WrappedKey> {
    assertTenantScope(scope)
    const sodium = await loadSodium()
    const wrapping =
      deviceId === null
        ? await this.options.masterKeys.current(options)
        : await this.#tenantKey(scope, options)
    const bytes = randomBytes(32)
    const place = { tenantId: scope.tenantId, deviceId, version }
    const wrapped = wrapKey(sodium, wrapping.bytes, place, bytes)
    bytes.fill(0)
    const wrappedBy = wrapping.id
    return await this.options.store.addFirst(scope, {
      deviceId,
      version,
      wrappedBy,
      wrapped,
      createdAt: this.#now(),
    })
  }

  async #tenantKey(scope: TenantScope, options: Waiting): Promise<{ id: string; bytes: Uint8Array }> {
    const newest = (await this.options.store.list(scope, null)).at(-1)
    const stored = newest ?? (await this.#addKey(scope, null, 1, options))
    return { id: tenantKeyName(stored.version), bytes: await this.#unwrapTenantKey(scope, stored, options) }
  }

  async #unwrapTenantKey(scope: TenantScope, stored: WrappedKey, options: Waiting): Promise<Uint8Array> {
    return await this.#unwrapOnce(scope, stored, async (sodium, place) => {
      const master = await this.options.masterKeys.find(stored.wrappedBy, options)
      if (master === undefined)
        throw new KeyServiceUnavailableError({ service: `master key ${stored.wrappedBy}` })
      return unwrapKey(sodium, master.bytes, place, stored.wrapped)
    })
  }

  async #unwrapDataKey(scope: TenantScope, stored: WrappedKey, options: Waiting): Promise<DataKey> {
    // Asked also when the key is remembered: a master key that was taken away opens nothing more.
    await this.options.masterKeys.current(options)
    const bytes = await this.#unwrapOnce(scope, stored, async (sodium, place) => {
      const tenantKeys = await this.options.store.list(scope, null)
      const above = tenantKeys.find((key) => tenantKeyName(key.version) === stored.wrappedBy)
      if (above === undefined) return undefined
      return unwrapKey(sodium, await this.#unwrapTenantKey(scope, above, options), place, stored.wrapped)
    })
    return { version: stored.version, bytes }
  }

  async #unwrapOnce(
    scope: TenantScope,
    stored: WrappedKey,
    unwrap: (
      sodium: Sodium,
      place: { tenantId: string; deviceId: string | null; version: number },
    ) => Promise<Uint8Array | undefined>,
  ): Promise<Uint8Array> {
    const { tenantId } = scope
    const { deviceId, version } = stored
    const name = `${tenantId}/${deviceId ?? ''}/${version}/${Buffer.from(stored.wrapped).toString('base64')}`
    const known = this.#unwrapped.get(name)
    if (known !== undefined) return known
    const bytes = await unwrap(await loadSodium(), { tenantId, deviceId, version })
    if (bytes === undefined) {
      throw new KeyServiceUnavailableError({ service: `wrapped key ${deviceId ?? 'of the tenant'}` })
    }
    this.#unwrapped.set(name, bytes)
    const oldest = this.#unwrapped.size > remembered ? this.#unwrapped.keys().next().value : undefined
    if (oldest !== undefined) this.#unwrapped.delete(oldest)
    return bytes
  }
}
