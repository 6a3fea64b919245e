import type { TenantScope, WrappedKey, WrappedKeyStore } from '@tod/core'

/**
 * Keeps wrapped keys in one store and a full copy in another: the database answers, the repository is the copy
 * that makes it a backup of its own. A key is not used before it is in both, so no content can be sealed that the
 * copy does not open. What a crash left out is copied when a process first uses the tenant.
 */
export class MirroredWrappedKeyStore implements WrappedKeyStore {
  readonly #completed = new Map<string, Promise<void>>()

  constructor(
    private readonly primary: WrappedKeyStore,
    private readonly copy: WrappedKeyStore,
  ) {}

  /** See {@link WrappedKeyStore.list}. */
  async list(scope: TenantScope, deviceId: string | null): Promise<readonly WrappedKey[]> {
    await this.#complete(scope)
    return await this.primary.list(scope, deviceId)
  }

  /** See {@link WrappedKeyStore.listAll}. */
  async listAll(scope: TenantScope): Promise<readonly WrappedKey[]> {
    await this.#complete(scope)
    return await this.primary.listAll(scope)
  }

  /** See {@link WrappedKeyStore.addFirst}. */
  async addFirst(scope: TenantScope, key: WrappedKey): Promise<WrappedKey> {
    const stored = await this.primary.addFirst(scope, key)
    await this.copy.addFirst(scope, stored)
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
    return await this.primary.destroy(scope, deviceId)
  }

  async #complete(scope: TenantScope): Promise<void> {
    let completing = this.#completed.get(scope.tenantId)
    if (completing === undefined) {
      completing = this.#copyMissing(scope)
      this.#completed.set(scope.tenantId, completing)
      completing.catch(() => this.#completed.delete(scope.tenantId))
    }
    await completing
  }

  async #copyMissing(scope: TenantScope): Promise<void> {
    const nameOf = (key: WrappedKey) => `${key.deviceId ?? ''}/${key.version}`
    const there = new Map((await this.copy.listAll(scope)).map((key) => [nameOf(key), key]))
    const outdated: WrappedKey[] = []
    for (const key of await this.primary.listAll(scope)) {
      const copied = there.get(nameOf(key))
      if (copied === undefined) await this.copy.addFirst(scope, key)
      else if (copied.wrappedBy !== key.wrappedBy) outdated.push(key)
    }
    if (outdated.length > 0) await this.copy.rewrap(scope, outdated)
  }
}
