import { assertTenantScope, type TenantScope, type WrappedKey, type WrappedKeyStore } from '@tod/core'

/** Wrapped keys in memory, for tests of what is above the store. */
export class InMemoryWrappedKeyStore implements WrappedKeyStore {
  readonly rows = new Map<string, WrappedKey>()

  async list(scope: TenantScope, deviceId: string | null): Promise<readonly WrappedKey[]> {
    return (await this.listAll(scope)).filter((key) => key.deviceId === deviceId)
  }

  async listAll(scope: TenantScope): Promise<readonly WrappedKey[]> {
    assertTenantScope(scope)
    const keys = [...this.rows]
      .filter(([name]) => name.startsWith(`${scope.tenantId}/`))
      .map(([, key]) => key)
    return keys.sort((a, b) => (a.deviceId ?? '').localeCompare(b.deviceId ?? '') || a.version - b.version)
  }

  async addFirst(scope: TenantScope, key: WrappedKey): Promise<WrappedKey> {
    assertTenantScope(scope)
    const name = this.nameOf(scope, key)
    const stored = this.rows.get(name) ?? key
    this.rows.set(name, stored)
    return stored
  }

  async rewrap(scope: TenantScope, keys: readonly WrappedKey[]): Promise<void> {
    assertTenantScope(scope)
    for (const key of keys) this.rows.set(this.nameOf(scope, key), key)
  }

  async destroy(scope: TenantScope, deviceId: string | null): Promise<number> {
    const doomed = deviceId === null ? await this.listAll(scope) : await this.list(scope, deviceId)
    for (const key of doomed) this.rows.delete(this.nameOf(scope, key))
    return doomed.length
  }

  private nameOf(scope: TenantScope, key: WrappedKey): string {
    return `${scope.tenantId}/${key.deviceId ?? ''}/${key.version}`
  }
}
