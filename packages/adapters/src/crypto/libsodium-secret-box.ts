import {
  assertTenantScope,
  BackupNotDecryptableError,
  hasErrorCode,
  type SealedContent,
  type SealPlace,
  type SecretBox,
  type TenantScope,
  throwIfAborted,
} from '@tod/core'
import { packContent, unpackContent } from './content-frame.js'
import { frameParts } from './frame-parts.js'
import type { KeyRing } from './key-ring.js'
import {
  localFormat,
  openFrame,
  type SealKeys,
  sealedFormat,
  sealedKeyVersion,
  sealFrame,
} from './sealed-format.js'
import { loadSodium, type Sodium } from './sodium.js'

const keyContext = 'todseal1'
const contentKeyNumber = 1
const nonceKeyNumber = 2
const digestKeyNumber = 3

/** Seals with keys that are held here (tier 1). Format, keys and what they still reveal: `docs/security-model.md`. */
export class LibsodiumSecretBox implements SecretBox {
  readonly tier = 1

  constructor(private readonly keys: KeyRing) {}

  /** See {@link SecretBox.seal}. */
  async seal(
    scope: TenantScope,
    place: SealPlace,
    content: Uint8Array,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<SealedContent> {
    assertTenantScope(scope)
    throwIfAborted(options.signal)
    const sodium = await loadSodium()
    const key = await this.keys.currentKey(scope, place.deviceId, options)
    const frame = await packContent(content)
    const keys = deriveSealKeys(sodium, key.bytes)
    const bytes = await sealFrame(sodium, keys, key.version, sealPlaceBytes(scope, place), frame)
    return { bytes, tier: this.tier, keyVersion: key.version }
  }

  /** See {@link SecretBox.open}. */
  async open(
    scope: TenantScope,
    place: SealPlace,
    sealed: Uint8Array,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Uint8Array> {
    assertTenantScope(scope)
    throwIfAborted(options.signal)
    const refused = (cause?: unknown) =>
      new BackupNotDecryptableError({ deviceId: place.deviceId, file: place.file }, { cause })
    const version = sealedKeyVersion(sealed)
    if (version === undefined) throw refused()
    const key = await this.#keyOf(scope, place, version, options, refused)
    if (key === undefined) throw refused()
    const sodium = await loadSodium()
    const frame = await openFrame(sodium, deriveSealKeys(sodium, key), sealPlaceBytes(scope, place), sealed)
    const content = frame === undefined ? undefined : await unpackContent(frame)
    if (content === undefined) throw refused()
    return content
  }

  /** See {@link SecretBox.hasSealed}. */
  hasSealed(bytes: Uint8Array): boolean {
    return sealedFormat(bytes) === localFormat
  }

  /** See {@link SecretBox.digest}. Under a key made from the device's first data key, which no rotation removes. */
  async digest(
    scope: TenantScope,
    place: SealPlace,
    content: Uint8Array,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<string> {
    assertTenantScope(scope)
    throwIfAborted(options.signal)
    const sodium = await loadSodium()
    const newest = await this.keys.currentKey(scope, place.deviceId, options)
    const first = (await this.keys.keyOfVersion(scope, place.deviceId, 1, options)) ?? newest
    const key = sodium.crypto_kdf_derive_from_key(32, digestKeyNumber, keyContext, first.bytes)
    return sodium.crypto_generichash(32, frameParts(sealPlaceBytes(scope, place), content), key, 'hex')
  }

  /** A master key that is missing or wrong means that the content cannot be opened; anything else is passed on. */
  async #keyOf(
    scope: TenantScope,
    place: SealPlace,
    version: number,
    options: { readonly signal?: AbortSignal },
    refused: (cause: unknown) => BackupNotDecryptableError,
  ): Promise<Uint8Array | undefined> {
    try {
      return (await this.keys.keyOfVersion(scope, place.deviceId, version, options))?.bytes
    } catch (error) {
      if (hasErrorCode(error, 'KEY_SERVICE_UNAVAILABLE')) throw refused(error)
      throw error
    }
  }
}

/** The keys that seal a device's content, made from its data key. */
export function deriveSealKeys(sodium: Sodium, dataKey: Uint8Array): SealKeys {
  return {
    content: sodium.crypto_kdf_derive_from_key(32, contentKeyNumber, keyContext, dataKey),
    nonce: sodium.crypto_kdf_derive_from_key(32, nonceKeyNumber, keyContext, dataKey),
  }
}

/** What sealed content is bound to, besides its header. */
function sealPlaceBytes(scope: TenantScope, place: SealPlace): Uint8Array {
  return frameParts('tod sealed content 1', scope.tenantId, place.deviceId, place.file)
}
