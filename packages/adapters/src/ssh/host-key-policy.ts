import { createHash } from 'node:crypto'
import type { HostKey } from '@tod/core'

/** Reads the public key that a peer showed (SSH wire format) into what people compare. */
export function describeHostKey(blob: Uint8Array): HostKey {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
  const nameLength = bytes.length < 4 ? 0 : bytes.readUInt32BE(0)
  return {
    algorithm: bytes.toString('latin1', 4, 4 + Math.min(nameLength, bytes.length - 4)),
    fingerprint: `SHA256:${createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '')}`,
  }
}

/**
 * Holds the host key of one connection. The library asks for a verdict before the peer has proved that it holds the
 * key, and takes any value but `false` for a yes, a promise included. So the verdict given there is only whether the
 * key is still the one of this connection (it is asked again at each re-keying), always a plain boolean. The decision
 * whether the key is the right one for the device is made once the proof is in and before a credential is sent.
 */
export class HostKeyPolicy {
  readonly #decide: (seen: HostKey) => Promise<void>
  #blob: Buffer | undefined

  constructor(decide: (seen: HostKey) => Promise<void>) {
    this.#decide = decide
  }

  /** For ssh2's `hostVerifier`. */
  readonly verdict = (blob: Buffer): boolean => {
    if (this.#blob === undefined) this.#blob = Buffer.from(blob)
    return this.#blob.equals(blob)
  }

  /** Asks for the decision. @throws whatever the decision rejects with */
  async confirm(): Promise<HostKey> {
    if (this.#blob === undefined) throw new Error('The handshake ended without a host key.')
    const seen = describeHostKey(this.#blob)
    await this.#decide(seen)
    return seen
  }
}
