import type { TenantScope } from '../access/tenant-scope.js'
import type { EncryptionTier } from '../model/encryption-tier.js'

/** What content belongs to. Content sealed for one place does not open at another. */
export interface SealPlace {
  readonly deviceId: string
  /** A revision's file, `row` for values in database rows, or `credentials`. */
  readonly file: 'export.rsc' | 'backup.bin' | 'meta.json' | 'row' | 'credentials'
}

/** Sealed bytes with what has to be known about them. */
export interface SealedContent {
  readonly bytes: Uint8Array
  readonly tier: EncryptionTier
  /** Version of the data key, from 1; 0 in plaintext mode. */
  readonly keyVersion: number
}

/**
 * Seals content for storage. Equal content for one place and key version gives equal bytes, so that git stores it once;
 * anything else differs. Fails closed: when the keys cannot be had, nothing is returned in their place.
 */
export interface SecretBox {
  /** Tier of what `seal` makes at present. */
  readonly tier: EncryptionTier
  /** @throws SCOPE_INVALID · KEY_SERVICE_UNAVAILABLE · STORAGE_UNAVAILABLE */
  seal(
    scope: TenantScope,
    place: SealPlace,
    content: Uint8Array,
    options?: { readonly signal?: AbortSignal },
  ): Promise<SealedContent>
  /**
   * Opens what `seal` made, whatever key version (and plaintext of tier null when configured to read it).
   *
   * @throws BACKUP_NOT_DECRYPTABLE wrong, missing or shredded key, another place, altered or cut bytes
   * @throws SCOPE_INVALID · KEY_SERVICE_UNAVAILABLE · STORAGE_UNAVAILABLE
   */
  open(
    scope: TenantScope,
    place: SealPlace,
    sealed: Uint8Array,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Uint8Array>
  /**
   * Digest of content under a key of the device, lower-case hex: shows equality to who holds the key and nothing to
   * anybody else. Stable over rotations of the data key.
   *
   * @throws SCOPE_INVALID · KEY_SERVICE_UNAVAILABLE · STORAGE_UNAVAILABLE
   */
  digest(
    scope: TenantScope,
    place: SealPlace,
    content: Uint8Array,
    options?: { readonly signal?: AbortSignal },
  ): Promise<string>
  /**
   * True for bytes in a format that `seal` makes. Revisions of ours say what they hold; sealed content in one that does
   * not say so has been put there by somebody.
   */
  hasSealed?(bytes: Uint8Array): boolean
}
