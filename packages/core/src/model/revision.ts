import type { EncryptionTier } from './encryption-tier.js'
import type { Trigger } from './trigger.js'

/** Files of one revision. `backup.bin` may be missing (policy, or the account may not save one). */
export const revisionFiles = ['export.rsc', 'backup.bin', 'meta.json'] as const

/** One of {@link revisionFiles}. */
export type RevisionFile = (typeof revisionFiles)[number]

/** Whether an export holds the secrets of the device. */
export type SecretsVariant = 'included' | 'omitted'

/** Facts about a stored file, before sealing. */
export interface ContentFacts {
  readonly bytes: number
  /** Lower-case hex. Only ever stored sealed: a plain hash lets people guess short secrets off-line. */
  readonly sha256: string
}

/** Content of the sealed `meta.json`: all that a row needs to be made again, and what must not stand in the open. */
export interface RevisionMeta {
  readonly format: 1
  readonly runId: string
  readonly trigger: Trigger
  readonly createdAt: number
  /** Name and address at the time of the backup. */
  readonly device: { readonly name: string; readonly host: string; readonly identity: string }
  readonly routerosVersion: string
  readonly model: string | null
  readonly serialNumber: string | null
  readonly secrets: SecretsVariant
  /** Menus that failed on the device and are allow-listed; no plan touches them. */
  readonly incompleteMenus: readonly string[]
  /** True when the capture holds a guard or a file of ours: never a restore target. */
  readonly holdsGuard: boolean
  /** False when nothing but volatile lines differs from the revision before. */
  readonly changed: boolean
  readonly linesAdded: number
  readonly linesRemoved: number
  readonly export: ContentFacts
  readonly binary: ContentFacts | null
  /** SHA-256 of the significant text: decides `changed`. */
  readonly significantSha256: string
}

/** Trailers of a revision's commit, readable without a key: nothing in them tells about the content. */
export interface RevisionTrailers {
  readonly runId: string
  readonly trigger: Trigger
  readonly tier: EncryptionTier
  readonly keyVersion: number
  /** Keyed digest of the export, lower-case hex; proves equality to who holds the key. */
  readonly exportDigest: string
  readonly binaryDigest: string | null
}
