import type { TenantScope, WrappedKey, WrappedKeyStore } from '@tod/core'
import type { KeyProvider, MasterKey } from './master-key.js'
import { formatMasterKey, parseMasterKeys, unusable } from './master-key-text.js'

/** Everything that opens what tenants have sealed. */
export interface RecoveryKit {
  readonly masterKeys: readonly [MasterKey, ...MasterKey[]]
  readonly tenants: readonly { readonly tenantId: string; readonly keys: readonly WrappedKey[] }[]
}

const firstLine =
  '# tod recovery kit 1. Whoever holds this and a copy of the repositories can read every backup.'

/**
 * Gathers the master keys and the wrapped keys of tenants, to be printed or kept apart from the backups. A kit opens
 * also what was shredded after it was made: destroy old kits with the keys.
 *
 * @throws KEY_SERVICE_UNAVAILABLE when a master key that a tenant needs is not at hand
 */
export async function gatherRecoveryKit(
  masterKeys: KeyProvider,
  store: WrappedKeyStore,
  scopes: Iterable<TenantScope>,
): Promise<RecoveryKit> {
  const current = await masterKeys.current()
  const needed = new Map<string, MasterKey>()
  const tenants: { tenantId: string; keys: readonly WrappedKey[] }[] = []
  for (const scope of scopes) {
    const keys = await store.listAll(scope)
    for (const { deviceId, wrappedBy } of keys) {
      if (deviceId !== null || wrappedBy === current.id) continue
      const former = await masterKeys.find(wrappedBy)
      if (former === undefined) throw unusable('recovery kit', `master key ${wrappedBy} is not at hand`)
      needed.set(wrappedBy, former)
    }
    tenants.push({ tenantId: scope.tenantId, keys })
  }
  return { masterKeys: [current, ...needed.values()], tenants }
}

/** A kit as text: master keys as in a master key file, then one line of JSON for each wrapped key. */
export function formatRecoveryKit(kit: RecoveryKit): string {
  const lines = [firstLine, ...kit.masterKeys.map(formatMasterKey)]
  for (const { tenantId, keys } of kit.tenants) {
    for (const key of keys) {
      lines.push(JSON.stringify({ tenantId, ...key, wrapped: Buffer.from(key.wrapped).toString('base64') }))
    }
  }
  return `${lines.join('\n')}\n`
}

/** Reads a kit. @throws KEY_SERVICE_UNAVAILABLE naming the line that is no part of one */
export async function parseRecoveryKit(text: string): Promise<RecoveryKit> {
  const lines = text.split(/\r?\n/)
  const masterKeys = await parseMasterKeys(
    lines.filter((line) => !line.startsWith('{')).join('\n'),
    'recovery kit',
  )
  const tenants = new Map<string, WrappedKey[]>()
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('{')) continue
    const entry = parseLine(line)
    if (entry === undefined) throw unusable('recovery kit', `line ${index + 1} holds no wrapped key`)
    const keys = tenants.get(entry.tenantId) ?? []
    keys.push(entry.key)
    tenants.set(entry.tenantId, keys)
  }
  return { masterKeys, tenants: [...tenants].map(([tenantId, keys]) => ({ tenantId, keys })) }
}

/** Puts a tenant's keys of a kit into a store; what is there stays. Returns how many were handed over. */
export async function restoreKeys(
  kit: RecoveryKit,
  store: WrappedKeyStore,
  scope: TenantScope,
): Promise<number> {
  const keys = kit.tenants.find((tenant) => tenant.tenantId === scope.tenantId)?.keys ?? []
  for (const key of keys) await store.addFirst(scope, key)
  return keys.length
}

function parseLine(line: string): { readonly tenantId: string; readonly key: WrappedKey } | undefined {
  try {
    const value = JSON.parse(line) as { readonly [name in string]?: unknown }
    const { tenantId, deviceId, version, wrappedBy, wrapped, createdAt } = value
    if (typeof tenantId !== 'string' || (deviceId !== null && typeof deviceId !== 'string')) return undefined
    if (typeof version !== 'number' || typeof wrappedBy !== 'string') return undefined
    if (typeof wrapped !== 'string' || typeof createdAt !== 'number') return undefined
    const bytes = new Uint8Array(Buffer.from(wrapped, 'base64'))
    return { tenantId, key: { deviceId, version, wrappedBy, wrapped: bytes, createdAt } }
  } catch {
    return undefined
  }
}
