import { loadSodium } from './sodium.js'

/** A key that wraps tenants' keys. */
export interface MasterKey {
  /** 16 hex digits made from the key; not secret. Says which key a wrapped one needs. */
  readonly id: string
  readonly bytes: Uint8Array
}

/**
 * Where master keys come from: a file, the environment, a cloud's key service that hands a key out.
 * Implementations throw KEY_SERVICE_UNAVAILABLE when they cannot tell.
 */
export interface KeyProvider {
  /** The key that wraps from now on. */
  current(options?: { readonly signal?: AbortSignal }): Promise<MasterKey>
  /** A current or former key by its id; undefined when this provider does not have it. */
  find(id: string, options?: { readonly signal?: AbortSignal }): Promise<MasterKey | undefined>
}

/** Length of a master key in bytes. */
export const masterKeyBytes = 32

/** A master key with its id. */
export async function toMasterKey(bytes: Uint8Array): Promise<MasterKey> {
  if (bytes.length !== masterKeyBytes) throw new TypeError(`A master key has ${masterKeyBytes} bytes.`)
  const sodium = await loadSodium()
  const id = sodium.crypto_generichash(16, 'tod master key id 1', bytes, 'hex').slice(0, 16)
  return { id, bytes: bytes.slice() }
}

/** A provider of keys that are in memory: the first is the current one. */
export function staticKeyProvider(keys: readonly [MasterKey, ...MasterKey[]]): KeyProvider {
  return {
    current: async () => keys[0],
    find: async (id) => keys.find((key) => key.id === id),
  }
}
