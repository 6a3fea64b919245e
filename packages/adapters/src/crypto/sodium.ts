import sodium from 'libsodium-wrappers'

/** The library, once its WebAssembly is loaded. */
export type Sodium = typeof sodium

/** Waits until the library can be used. */
export async function loadSodium(): Promise<Sodium> {
  await sodium.ready
  return sodium
}
