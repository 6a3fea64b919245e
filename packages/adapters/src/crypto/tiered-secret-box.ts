import type { SealedContent, SealPlace, SecretBox, TenantScope } from '@tod/core'
import { localFormat, sealedFormat } from './sealed-format.js'

/** The boxes of a host that has, or had, more than one way of sealing. */
export interface SecretBoxes {
  /** Seals everything new. */
  readonly current: SecretBox
  /** Opens content that was sealed with local keys (tier 1). */
  readonly local?: SecretBox
  /** Opens content that was sealed by a Transit engine (tier 2). */
  readonly transit?: SecretBox
  /**
   * Hands out content that is not sealed (tier null). Without it such content is refused; with it, who may write
   * to the repository can put text there that passes for old content.
   */
  readonly plaintext?: SecretBox
}

/** Seals in one way and opens whatever was sealed in any of the configured ones, told apart by the first bytes. */
export class TieredSecretBox implements SecretBox {
  constructor(private readonly boxes: SecretBoxes) {}

  /** Tier of what `seal` makes at present. */
  get tier() {
    return this.boxes.current.tier
  }

  /** See {@link SecretBox.seal}. */
  async seal(
    scope: TenantScope,
    place: SealPlace,
    content: Uint8Array,
    options?: { readonly signal?: AbortSignal },
  ): Promise<SealedContent> {
    return await this.boxes.current.seal(scope, place, content, options)
  }

  /** See {@link SecretBox.open}. */
  async open(
    scope: TenantScope,
    place: SealPlace,
    sealed: Uint8Array,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Uint8Array> {
    return await this.#boxFor(sealed).open(scope, place, sealed, options)
  }

  /** See {@link SecretBox.hasSealed}. */
  hasSealed(bytes: Uint8Array): boolean {
    return sealedFormat(bytes) !== undefined
  }

  /** See {@link SecretBox.digest}. */
  async digest(
    scope: TenantScope,
    place: SealPlace,
    content: Uint8Array,
    options?: { readonly signal?: AbortSignal },
  ): Promise<string> {
    return await this.boxes.current.digest(scope, place, content, options)
  }

  #boxFor(sealed: Uint8Array): SecretBox {
    const { current, local, transit, plaintext } = this.boxes
    if (sealedFormat(sealed) === localFormat) return local ?? current
    if (isSealed(sealed)) return transit ?? current
    return plaintext ?? current
  }
}

/** True for bytes that one of our boxes, or a Transit engine, has sealed. */
export function isSealed(bytes: Uint8Array): boolean {
  return sealedFormat(bytes) !== undefined || isTransitText(bytes)
}

/** True for a bare Transit ciphertext, as other systems store it: `vault:v<number>:…`. */
export function isTransitText(bytes: Uint8Array): boolean {
  return /^vault:v\d{1,9}:/.test(Buffer.from(bytes.subarray(0, 20)).toString('latin1'))
}
