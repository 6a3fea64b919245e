import { createHash } from 'node:crypto'
import {
  assertTenantScope,
  BackupNotDecryptableError,
  type SealedContent,
  type SealPlace,
  type SecretBox,
  type TenantScope,
} from '@tod/core'
import { frameParts } from './frame-parts.js'
import { isSealed } from './tiered-secret-box.js'

/**
 * Stores content as it is (tier null). Only for hosts that ask for it by name, and to read what was stored before
 * sealing. Nothing is hidden and nothing is authenticated, the digests included.
 */
export class PlaintextSecretBox implements SecretBox {
  readonly tier = null

  /** See {@link SecretBox.seal}. */
  async seal(scope: TenantScope, _place: SealPlace, content: Uint8Array): Promise<SealedContent> {
    assertTenantScope(scope)
    return { bytes: content.slice(), tier: this.tier, keyVersion: 0 }
  }

  /** See {@link SecretBox.open}. Sealed content is refused, never handed out as if it were text. */
  async open(scope: TenantScope, place: SealPlace, stored: Uint8Array): Promise<Uint8Array> {
    assertTenantScope(scope)
    if (isSealed(stored)) {
      throw new BackupNotDecryptableError({ deviceId: place.deviceId, file: place.file })
    }
    return stored.slice()
  }

  /** See {@link SecretBox.digest}. There is no key: who has the content can make it. */
  async digest(scope: TenantScope, place: SealPlace, content: Uint8Array): Promise<string> {
    assertTenantScope(scope)
    const framed = frameParts('tod plaintext 1', scope.tenantId, place.deviceId, place.file, content)
    return createHash('sha256').update(framed).digest('hex')
  }
}
