import {
  assertTenantScope,
  BackupNotDecryptableError,
  KeyServiceUnavailableError,
  type SealedContent,
  type SealPlace,
  type SecretBox,
  type TenantScope,
  throwIfAborted,
} from '@tod/core'
import { packContent, unpackContent } from './content-frame.js'
import { frameParts } from './frame-parts.js'
import { sealedFormat, sealedMagic } from './sealed-format.js'
import { isTransitText } from './tiered-secret-box.js'
import { TransitBatch } from './transit-batch.js'
import { TransitClient, type TransitClientOptions, TransitRefusedError } from './transit-client.js'
import { TransitToken, type TransitTokenOptions } from './transit-token.js'

/** How to reach the engine, and how its keys are named. */
export interface TransitSecretBoxOptions extends TransitClientOptions, Pick<TransitTokenOptions, 'token'> {
  /** Name of a tenant's key; default `tod-<tenant id>`. */
  keyName?(tenantId: string): string
  /**
   * Name of the key under which another system sealed bare `vault:v1:…` content of this tenant. Without it such
   * content is refused.
   */
  foreignKeyName?(tenantId: string): string
}

/** Format byte after the magic: what follows is the engine's ciphertext as text. */
const transitFormat = 2
const textAt = sealedMagic.length + 1

/**
 * Seals with a Transit engine (tier 2): keys never leave it. One key per tenant, derived per device and file, with
 * nonces made from the content, so that equal content gives equal bytes. When the engine is down, nothing is sealed.
 */
export class TransitSecretBox implements SecretBox {
  readonly tier = 2
  readonly #token: TransitToken
  readonly #client: TransitClient
  readonly #batch: TransitBatch
  readonly #created = new Map<string, Promise<void>>()

  constructor(private readonly options: TransitSecretBoxOptions) {
    this.#token = new TransitToken(options)
    this.#client = new TransitClient(options, this.#token)
    this.#batch = new TransitBatch(this.#client)
  }

  /** See {@link SecretBox.seal}. */
  async seal(
    scope: TenantScope,
    place: SealPlace,
    content: Uint8Array,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<SealedContent> {
    assertTenantScope(scope)
    throwIfAborted(options.signal)
    const key = await this.#ensureKey(scope.tenantId, options.signal)
    const plaintext = toBase64(await packContent(content))
    const bound = placeOf(scope, place)
    const item = { plaintext, context: bound, associated_data: bound }
    const { ciphertext } = await this.#batch.run('encrypt', key, item, options.signal).catch(asUnavailable)
    const keyVersion = typeof ciphertext === 'string' ? versionOf(ciphertext) : undefined
    if (typeof ciphertext !== 'string' || keyVersion === undefined) {
      throw new KeyServiceUnavailableError({ service: 'transit' })
    }
    const bytes = new Uint8Array(textAt + ciphertext.length)
    bytes.set(sealedMagic)
    bytes[sealedMagic.length] = transitFormat
    bytes.set(Buffer.from(ciphertext, 'latin1'), textAt)
    return { bytes, tier: this.tier, keyVersion }
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
    const content =
      sealedFormat(sealed) === transitFormat
        ? await this.#openOwn(scope, place, sealed, options.signal)
        : await this.#openForeign(scope, sealed, options.signal)
    if (content === undefined) {
      throw new BackupNotDecryptableError({ deviceId: place.deviceId, file: place.file })
    }
    return content
  }

  /** See {@link SecretBox.hasSealed}. */
  hasSealed(bytes: Uint8Array): boolean {
    return sealedFormat(bytes) === transitFormat
  }

  /** See {@link SecretBox.digest}. Always under the first version of the tenant's key. */
  async digest(
    scope: TenantScope,
    place: SealPlace,
    content: Uint8Array,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<string> {
    assertTenantScope(scope)
    throwIfAborted(options.signal)
    const key = await this.#ensureKey(scope.tenantId, options.signal)
    const input = toBase64(frameParts('tod digest 1', scope.tenantId, place.deviceId, place.file, content))
    const path = `hmac/${encodeURIComponent(key)}/sha2-256`
    const { hmac } = await this.#client
      .post(path, { input, key_version: 1 }, options.signal)
      .catch(asUnavailable)
    const match = typeof hmac === 'string' ? /^vault:v1:([A-Za-z0-9+/]{43}=)$/.exec(hmac) : null
    if (match?.[1] === undefined) throw new KeyServiceUnavailableError({ service: 'transit' })
    return Buffer.from(match[1], 'base64').toString('hex')
  }

  /** Stops renewing the token. */
  close(): void {
    this.#token.close()
  }

  async #openOwn(scope: TenantScope, place: SealPlace, sealed: Uint8Array, signal: AbortSignal | undefined) {
    const ciphertext = Buffer.from(sealed.subarray(textAt)).toString('latin1')
    if (versionOf(ciphertext) === undefined) return undefined
    const bound = placeOf(scope, place)
    const item = { ciphertext, context: bound, associated_data: bound }
    const frame = await this.#decrypt(this.#keyName(scope.tenantId), item, signal)
    return frame === undefined ? undefined : await unpackContent(frame)
  }

  async #openForeign(scope: TenantScope, sealed: Uint8Array, signal: AbortSignal | undefined) {
    const key = this.options.foreignKeyName?.(scope.tenantId)
    if (key === undefined || !isTransitText(sealed)) return undefined
    const ciphertext = Buffer.from(sealed).toString('latin1').trimEnd()
    return await this.#decrypt(key, { ciphertext }, signal)
  }

  async #decrypt(key: string, item: { ciphertext: string }, signal: AbortSignal | undefined) {
    try {
      const { plaintext } = await this.#batch.run('decrypt', key, item, signal)
      return typeof plaintext === 'string' ? new Uint8Array(Buffer.from(plaintext, 'base64')) : undefined
    } catch (error) {
      if (error instanceof TransitRefusedError) return undefined
      throw error
    }
  }

  #keyName(tenantId: string): string {
    return this.options.keyName?.(tenantId) ?? `tod-${tenantId}`
  }

  /** Makes the tenant's key; the engine leaves one alone that is there. */
  async #ensureKey(tenantId: string, signal: AbortSignal | undefined): Promise<string> {
    const name = this.#keyName(tenantId)
    let creating = this.#created.get(name)
    if (creating === undefined) {
      const body = { type: 'aes256-gcm96', derived: true, convergent_encryption: true }
      creating = this.#client
        .post(`keys/${encodeURIComponent(name)}`, body, signal)
        .then(() => undefined)
        .catch(asUnavailable)
      this.#created.set(name, creating)
      creating.catch(() => this.#created.delete(name))
    }
    await creating
    return name
  }
}

/** The version that a ciphertext names; undefined unless it is one in its only spelling. */
function versionOf(ciphertext: string): number | undefined {
  const match = /^vault:v([1-9]\d{0,8}):([A-Za-z0-9+/]+={0,2})$/.exec(ciphertext)
  if (match?.[2] === undefined) return undefined
  return Buffer.from(match[2], 'base64').toString('base64') === match[2] ? Number(match[1]) : undefined
}

function placeOf(scope: TenantScope, place: SealPlace): string {
  return toBase64(frameParts('tod sealed content 1', scope.tenantId, place.deviceId, place.file))
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** Sealing has no refusal of its own: whatever the engine says, the content stays unsealed and unstored. */
function asUnavailable(error: unknown): never {
  if (error instanceof TransitRefusedError) {
    throw new KeyServiceUnavailableError({ service: 'transit' }, { cause: error })
  }
  throw error
}
