import type { TenantScope, WrappedKey, WrappedKeyStore } from '@tod/core'
import type { KeyProvider } from './master-key.js'
import { loadSodium } from './sodium.js'
import { tenantKeyName, unwrapKey, wrapKey } from './wrap-key.js'

/**
 * What a rotation renews. `master`: tenant keys are wrapped by the current master key. `tenant`: a new tenant key
 * wraps all data keys. `data`: new content of one device, or of all, is sealed with a new key. Stored content is
 * never sealed again: its shas would change.
 */
export type KeyChange =
  | { readonly kind: 'master' }
  | { readonly kind: 'tenant' }
  | { readonly kind: 'data'; readonly deviceId?: string }

interface KeyRotationPorts {
  readonly store: WrappedKeyStore
  readonly masterKeys: KeyProvider
  unwrapTenantKey(stored: WrappedKey): Promise<Uint8Array>
  addKey(deviceId: string | null, version: number): Promise<WrappedKey>
}

/** Renews keys of one tenant. Killed half-way, it is run again: what is done is not done twice. */
export class KeyRotation {
  constructor(private readonly ports: KeyRotationPorts) {}

  /** Returns how many keys were wrapped anew or made. */
  async run(
    scope: TenantScope,
    change: KeyChange,
    options: { readonly signal?: AbortSignal },
  ): Promise<{ readonly keys: number }> {
    if (change.kind === 'master') return { keys: await this.#rewrapTenantKeys(scope, options) }
    if (change.kind === 'tenant') return { keys: await this.#renewTenantKey(scope) }
    return { keys: await this.#renewDataKeys(scope, change.deviceId) }
  }

  async #rewrapTenantKeys(scope: TenantScope, options: { readonly signal?: AbortSignal }): Promise<number> {
    const sodium = await loadSodium()
    const master = await this.ports.masterKeys.current(options)
    const stored = await this.ports.store.list(scope, null)
    const due = stored.filter((key) => key.wrappedBy !== master.id)
    const keys: WrappedKey[] = []
    for (const key of due) {
      const bytes = await this.ports.unwrapTenantKey(key)
      const place = { tenantId: scope.tenantId, deviceId: null, version: key.version }
      keys.push({ ...key, wrappedBy: master.id, wrapped: wrapKey(sodium, master.bytes, place, bytes) })
    }
    if (keys.length > 0) await this.ports.store.rewrap(scope, keys)
    return keys.length
  }

  async #renewTenantKey(scope: TenantScope): Promise<number> {
    const sodium = await loadSodium()
    const all = await this.ports.store.listAll(scope)
    const tenantKeys = new Map(all.filter((key) => key.deviceId === null).map((key) => [key.version, key]))
    const newestVersion = Math.max(0, ...tenantKeys.keys())
    const newest = await this.ports.addKey(null, newestVersion + 1)
    const wrapping = await this.ports.unwrapTenantKey(newest)
    const name = tenantKeyName(newest.version)
    const keys: WrappedKey[] = []
    for (const key of all) {
      if (key.deviceId === null || key.wrappedBy === name) continue
      const above = [...tenantKeys.values()].find((tenant) => tenantKeyName(tenant.version) === key.wrappedBy)
      if (above === undefined) continue
      const place = { tenantId: scope.tenantId, deviceId: key.deviceId, version: key.version }
      const bytes = unwrapKey(sodium, await this.ports.unwrapTenantKey(above), place, key.wrapped)
      // A key that does not open is left as it is: it is reported when it is needed.
      if (bytes === undefined) continue
      keys.push({ ...key, wrappedBy: name, wrapped: wrapKey(sodium, wrapping, place, bytes) })
    }
    if (keys.length > 0) await this.ports.store.rewrap(scope, keys)
    return keys.length + 1
  }

  async #renewDataKeys(scope: TenantScope, deviceId: string | undefined): Promise<number> {
    const all = await this.ports.store.listAll(scope)
    const newest = new Map<string, number>()
    for (const key of all) {
      if (key.deviceId === null || (deviceId !== undefined && key.deviceId !== deviceId)) continue
      newest.set(key.deviceId, Math.max(key.version, newest.get(key.deviceId) ?? 0))
    }
    for (const [id, version] of newest) await this.ports.addKey(id, version + 1)
    return newest.size
  }
}
