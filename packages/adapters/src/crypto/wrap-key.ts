import { frameParts } from './frame-parts.js'
import type { Sodium } from './sodium.js'

const nonceBytes = 24

/** What a wrapped key belongs to: it opens nowhere else. */
export interface WrapPlace {
  readonly tenantId: string
  /** Null for the tenant's own key. */
  readonly deviceId: string | null
  readonly version: number
}

/** Encrypts a key with the one above it: random nonce, then XChaCha20-Poly1305. */
export function wrapKey(sodium: Sodium, wrapping: Uint8Array, place: WrapPlace, key: Uint8Array): Uint8Array {
  const nonce = sodium.randombytes_buf(nonceBytes)
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(key, label(place), null, nonce, wrapping)
  const wrapped = new Uint8Array(nonceBytes + sealed.length)
  wrapped.set(nonce)
  wrapped.set(sealed, nonceBytes)
  return wrapped
}

/** The key, or undefined when it was wrapped by another key, for another place, or altered. */
export function unwrapKey(
  sodium: Sodium,
  wrapping: Uint8Array,
  place: WrapPlace,
  wrapped: Uint8Array,
): Uint8Array | undefined {
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      null,
      wrapped.subarray(nonceBytes),
      label(place),
      wrapped.subarray(0, nonceBytes),
      wrapping,
    )
  } catch {
    return undefined
  }
}

function label(place: WrapPlace): Uint8Array {
  const owner = place.deviceId === null ? ['tenant'] : ['device', place.deviceId]
  return frameParts('tod wrapped key 1', place.tenantId, String(place.version), ...owner)
}

/** What a device's key names as the key that wrapped it. */
export function tenantKeyName(version: number): string {
  return `tenant:${version}`
}
