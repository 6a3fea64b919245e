import { StorageConflictError, type TenantScope, type WrappedKey, type WrappedKeyStore } from '@tod/core'

/**
 * Keeps wrapped keys in one store and a full copy in another: the database answers, the repository is the copy
 * that makes it a backup of its own. A key is not used before it is in both, so no content can be sealed that the
 * copy does not open. What a crash left out is copied when a process first uses the tenant
 * or meets the key; a database that was lost gets its keys back from the copy.
 */
export class MirroredWrappedKeyStore implements WrappedKeyStore {
  /** Keys that are known to be in the copy, as they are: by tenant, device, version and wrapping key. */
  readonly #copied = new Set<string>()
  /** Tenants that were compared as a whole. */
  readonly #compared = new Map<string, Promise<void>>()

  constructor(
    private readonly primary: WrappedKeyStore,
    private readonly copy: WrappedKeyStore,
  ) {}

  /** See {@link WrappedKeyStore.list}. */
  async list(scope: TenantScope, deviceId: string | null): Promise<readonly WrappedKey[]> {
    await this.#compareOnce(scope)
    return await this.#copyMissing(scope, await this.primary.list(scope, deviceId))
  }

  /** See {@link WrappedKeyStore.listAll}. */
  async listAll(scope: TenantScope): Promise<readonly WrappedKey[]> {
    return await this.#copyMissing(scope, await this.primary.listAll(scope))
  }

  /** See {@link WrappedKeyStore.addFirst}. */
  async addFirst(scope: TenantScope, key: WrappedKey): Promise<WrappedKey> {
    const stored = await this.primary.addFirst(scope, key)
    await this.#copyMissing(scope, [stored])
    return stored
  }

  /** See {@link WrappedKeyStore.rewrap}. */
  async rewrap(scope: TenantScope, keys: readonly WrappedKey[]): Promise<void> {
    await this.primary.rewrap(scope, keys)
    await this.copy.rewrap(scope, keys)
  }

  /** See {@link WrappedKeyStore.destroy}. The copy first: a crash in between must not bring the key back. */
  async destroy(scope: TenantScope, deviceId: string | null): Promise<number> {
    await this.copy.destroy(scope, deviceId)
    const destroyed = await this.primary.destroy(scope, deviceId)
    const prefix = deviceId === null ? `${scope.tenantId}/` : `${scope.tenantId}/${deviceId}/`
    for (const name of this.#copied) if (name.startsWith(prefix)) this.#copied.delete(name)
    return destroyed
  }

  async #compareOnce(scope: TenantScope): Promise<void> {
    let comparing = this.#compared.get(scope.tenantId)
    if (comparing === undefined) {
      comparing = this.#compare(scope)
      this.#compared.set(scope.tenantId, comparing)
      comparing.catch(() => this.#compared.delete(scope.tenantId))
    }
    await comparing
  }

  /** Copies what one of the two lacks: after a crash the copy, after the loss of a database that one. */
  async #compare(scope: TenantScope): Promise<void> {
    for (const key of await this.copy.listAll(scope)) await this.primary.addFirst(scope, key)
    await this.listAll(scope)
  }

  /** Another process may have added or re-wrapped a key and died before it was copied. */
  async #copyMissing(scope: TenantScope, keys: readonly WrappedKey[]): Promise<readonly WrappedKey[]> {
    const nameOf = (key: WrappedKey) =>
      [scope.tenantId, key.deviceId ?? '', key.version, key.wrappedBy].join('/')
    const unknown = keys.filter((key) => !this.#copied.has(nameOf(key)))
    if (unknown.length === 0) return keys
    const copied = await Promise.all(unknown.map((key) => this.copy.addFirst(scope, key)))
    // Two different keys of one name: what one sealed the other would not open. Nothing is sealed before a person looks.
    // Wrapping anew keeps the time at which a key was made.
    if (unknown.some((key, at) => copied[at]?.createdAt !== key.createdAt)) {
      throw new StorageConflictError({ store: 'copy of the wrapped keys' })
    }
    const outdated = unknown.filter(
      (key, at) => Buffer.compare(copied[at]?.wrapped ?? key.wrapped, key.wrapped) !== 0,
    )
    if (outdated.length > 0) await this.copy.rewrap(scope, outdated)
    for (const key of unknown) this.#copied.add(nameOf(key))
    return keys
  }
}
