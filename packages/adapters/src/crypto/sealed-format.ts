import { setImmediate } from 'node:timers/promises'
import { frameParts } from './frame-parts.js'
import type { Sodium } from './sodium.js'

/** First bytes of everything sealed. No text file and no RouterOS backup begins so. */
export const sealedMagic = Uint8Array.of(0x89, 0x54, 0x4f, 0x44)

/** Format byte after the magic for content that is sealed with a local key. */
export const localFormat = 1

const nonceBytes = 24
const nonceAt = sealedMagic.length + 1 + 4
const headerBytes = nonceAt + nonceBytes
const tagBytes = 16
const chunkBytes = 256 * 1024

/** The keys that seal one device's content. */
export interface SealKeys {
  readonly content: Uint8Array
  readonly nonce: Uint8Array
}

/**
 * Seals a frame: header (magic, format, key version, nonce), then chunks of 256 KiB, each encrypted with
 * XChaCha20-Poly1305. The nonce is a keyed hash of header, place and the exact bytes that are encrypted. A
 * chunk's nonce is that one with the chunk's number added into its last eight bytes; number and "is the last"
 * are authenticated too, so that chunks cannot be cut off, swapped or repeated.
 */
export async function sealFrame(
  sodium: Sodium,
  keys: SealKeys,
  keyVersion: number,
  place: Uint8Array,
  frame: Uint8Array,
): Promise<Uint8Array> {
  const chunks = Math.max(1, Math.ceil(frame.length / chunkBytes))
  const sealed = new Uint8Array(headerBytes + frame.length + chunks * tagBytes)
  sealed.set(sealedMagic)
  sealed[sealedMagic.length] = localFormat
  new DataView(sealed.buffer).setUint32(sealedMagic.length + 1, keyVersion)
  const nonce = await hashNonce(sodium, keys.nonce, frameParts(sealed.subarray(0, nonceAt), place), frame)
  sealed.set(nonce, nonceAt)
  const associated = frameParts(sealed.subarray(0, headerBytes), place)
  let at = headerBytes
  for (let index = 0; index < chunks; index++) {
    const chunk = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
      frame.subarray(index * chunkBytes, (index + 1) * chunkBytes),
      frameParts(associated, chunkLabel(index, index === chunks - 1)),
      null,
      chunkNonce(nonce, index),
      keys.content,
    )
    sealed.set(chunk, at)
    at += chunk.length
    if (index < chunks - 1) await setImmediate()
  }
  return sealed
}

/** Opens what {@link sealFrame} made; undefined when key, place or any byte is another. */
export async function openFrame(
  sodium: Sodium,
  keys: SealKeys,
  place: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> {
  const body = sealed.length - headerBytes
  const sealedChunk = chunkBytes + tagBytes
  const chunks = Math.ceil(body / sealedChunk)
  if (body < tagBytes || body - (chunks - 1) * sealedChunk < tagBytes) return undefined
  const nonce = sealed.subarray(nonceAt, headerBytes)
  const associated = frameParts(sealed.subarray(0, headerBytes), place)
  const frame = new Uint8Array(body - chunks * tagBytes)
  for (let index = 0; index < chunks; index++) {
    const from = headerBytes + index * sealedChunk
    try {
      const chunk = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        null,
        sealed.subarray(from, from + sealedChunk),
        frameParts(associated, chunkLabel(index, index === chunks - 1)),
        chunkNonce(nonce, index),
        keys.content,
      )
      frame.set(chunk, index * chunkBytes)
    } catch {
      return undefined
    }
    if (index < chunks - 1) await setImmediate()
  }
  return frame
}

/** The key version that sealed bytes name; undefined when they are not of this format. */
export function sealedKeyVersion(sealed: Uint8Array): number | undefined {
  if (sealedFormat(sealed) !== localFormat || sealed.length < headerBytes) return undefined
  return new DataView(sealed.buffer, sealed.byteOffset).getUint32(sealedMagic.length + 1)
}

/** The format byte of sealed bytes; undefined when they do not begin with the magic. */
export function sealedFormat(bytes: Uint8Array): number | undefined {
  return sealedMagic.every((byte, index) => bytes[index] === byte) ? bytes[sealedMagic.length] : undefined
}

async function hashNonce(
  sodium: Sodium,
  key: Uint8Array,
  prefix: Uint8Array,
  frame: Uint8Array,
): Promise<Uint8Array> {
  // Framed by hand, so that the frame need not be copied: prefix and frame each follow their length.
  const state = sodium.crypto_generichash_init(key, nonceBytes)
  sodium.crypto_generichash_update(state, lengthOf(prefix))
  sodium.crypto_generichash_update(state, prefix)
  sodium.crypto_generichash_update(state, lengthOf(frame))
  for (let at = 0; at < frame.length; at += chunkBytes) {
    sodium.crypto_generichash_update(state, frame.subarray(at, at + chunkBytes))
    if (at + chunkBytes < frame.length) await setImmediate()
  }
  return sodium.crypto_generichash_final(state, nonceBytes)
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return length
}

function chunkLabel(index: number, isLast: boolean): Uint8Array {
  const label = new Uint8Array(5)
  new DataView(label.buffer).setUint32(0, index)
  label[4] = isLast ? 1 : 0
  return label
}

/** The first 16 bytes choose the message's key within XChaCha20, the last 8 count its chunks. */
function chunkNonce(nonce: Uint8Array, index: number): Uint8Array {
  const chunk = nonce.slice()
  const view = new DataView(chunk.buffer)
  view.setBigUint64(16, BigInt.asUintN(64, view.getBigUint64(16) + BigInt(index)))
  return chunk
}
