import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import { sha256, toHex } from '../digest/sha256.js'
import { BackupNotDecryptableError } from '../errors/storage-errors.js'
import type { SealedContent, SealPlace, SecretBox } from '../ports/secret-box.js'

const encoder = new TextEncoder()
const tagLength = 32

/**
 * A `SecretBox` for tests: bound to its place, deterministic, refuses altered bytes, hides the text. The key stream is
 * made of SHA-256 over a constant key; it protects nothing.
 */
export class InMemorySecretBox implements SecretBox {
  readonly tier = 1
  private readonly key: string

  /** @param key another key makes another box, which opens nothing of this one. */
  constructor(key = 'test key') {
    this.key = key
  }

  async seal(scope: TenantScope, place: SealPlace, content: Uint8Array): Promise<SealedContent> {
    const tag = this.tag(scope, place, content)
    const bytes = new Uint8Array(tagLength + content.length)
    bytes.set(tag)
    bytes.set(mask(content, tag, this.key), tagLength)
    return { bytes, tier: this.tier, keyVersion: 1 }
  }

  async open(scope: TenantScope, place: SealPlace, sealed: Uint8Array): Promise<Uint8Array> {
    assertTenantScope(scope)
    const tag = sealed.slice(0, tagLength)
    const content = mask(sealed.subarray(tagLength), tag, this.key)
    const expected = this.tag(scope, place, content)
    if (tag.length !== tagLength || expected.some((byte, index) => byte !== tag[index])) {
      throw new BackupNotDecryptableError({ deviceId: place.deviceId, file: place.file })
    }
    return content
  }

  async digest(scope: TenantScope, place: SealPlace, content: Uint8Array): Promise<string> {
    return toHex(this.tag(scope, { ...place, file: place.file }, content))
  }

  private tag(scope: TenantScope, place: SealPlace, content: Uint8Array): Uint8Array {
    assertTenantScope(scope)
    const header = encoder.encode(`${this.key}\0${scope.tenantId}\0${place.deviceId}\0${place.file}\0`)
    const framed = new Uint8Array(header.length + content.length)
    framed.set(header)
    framed.set(content, header.length)
    return sha256(framed)
  }
}

function mask(content: Uint8Array, tag: Uint8Array, key: string): Uint8Array {
  const seed = sha256(encoder.encode(`${key}${toHex(tag)}`))
  let state = new DataView(seed.buffer).getUint32(0) | 1
  return content.map((byte) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return byte ^ (state >>> 24)
  })
}
