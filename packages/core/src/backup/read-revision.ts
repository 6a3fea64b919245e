import type { TenantScope } from '../access/tenant-scope.js'
import { sha256Hex } from '../digest/sha256.js'
import { BackupIntegrityFailedError } from '../errors/storage-errors.js'
import type { RevisionMeta } from '../model/revision.js'
import type { GitStore } from '../ports/git-store.js'
import type { SecretBox } from '../ports/secret-box.js'
import { parseMeta } from './revision-meta.js'

/** What reading stored content needs. */
export interface RevisionPorts {
  readonly git: GitStore
  readonly secretBox: SecretBox
}

/** Which content. */
export interface RevisionPlace {
  readonly deviceId: string
  /** Full sha. */
  readonly commitSha: string
}

interface ReadOptions {
  readonly signal?: AbortSignal
}

/**
 * The facts recorded with a revision, or undefined when it has none (written by another system).
 *
 * @throws REVISION_NOT_FOUND · BACKUP_NOT_DECRYPTABLE · BACKUP_INTEGRITY_FAILED
 */
export async function readMeta(
  ports: RevisionPorts,
  scope: TenantScope,
  place: RevisionPlace,
  options: ReadOptions = {},
): Promise<RevisionMeta | undefined> {
  const sealed = await readStored(ports, scope, place, 'meta.json', options)
  if (sealed === undefined) return undefined
  const content = await ports.secretBox.open(
    scope,
    { deviceId: place.deviceId, file: 'meta.json' },
    sealed,
    options,
  )
  const meta = parseMeta(content)
  if (meta === undefined) throw new BackupIntegrityFailedError({ ...place, file: 'meta.json' })
  return meta
}

/**
 * The export of a revision, checked against the digest that was sealed with it: content swapped between revisions of one
 * device is noticed.
 *
 * @throws REVISION_NOT_FOUND · BACKUP_NOT_DECRYPTABLE · BACKUP_INTEGRITY_FAILED
 */
export async function readStoredExport(
  ports: RevisionPorts,
  scope: TenantScope,
  place: RevisionPlace,
  options: ReadOptions = {},
): Promise<{ readonly bytes: Uint8Array; readonly meta: RevisionMeta | undefined }> {
  const meta = await readMeta(ports, scope, place, options)
  const bytes = await readChecked(ports, scope, place, 'export.rsc', meta, options)
  return { bytes, meta }
}

/** The binary backup of a revision, checked like the export. @throws the same; REVISION_NOT_FOUND when it has none */
export async function readStoredBinary(
  ports: RevisionPorts,
  scope: TenantScope,
  place: RevisionPlace,
  options: ReadOptions = {},
): Promise<Uint8Array> {
  const meta = await readMeta(ports, scope, place, options)
  return readChecked(ports, scope, place, 'backup.bin', meta, options)
}

async function readChecked(
  ports: RevisionPorts,
  scope: TenantScope,
  place: RevisionPlace,
  file: 'export.rsc' | 'backup.bin',
  meta: RevisionMeta | undefined,
  options: ReadOptions,
): Promise<Uint8Array> {
  const sealed = await ports.git.read(scope, { ...place, file }, options)
  const content = await ports.secretBox.open(scope, { deviceId: place.deviceId, file }, sealed, options)
  if (isContentOf(meta, file, { sealed, content }, ports.secretBox)) return content
  throw new BackupIntegrityFailedError({ ...place, file })
}

/**
 * True for content that belongs to a revision: it has the digest that its facts state. Content without facts is taken
 * only from other systems, as long as it is not sealed in a format of ours.
 */
export function isContentOf(
  meta: RevisionMeta | undefined,
  file: 'export.rsc' | 'backup.bin',
  { sealed, content }: { readonly sealed: Uint8Array; readonly content: Uint8Array },
  secretBox: Pick<SecretBox, 'hasSealed'>,
): boolean {
  const facts = file === 'export.rsc' ? meta?.export : meta?.binary
  if (facts != null) return sha256Hex(content) === facts.sha256
  return !(secretBox.hasSealed?.(sealed) ?? false)
}

async function readStored(
  ports: RevisionPorts,
  scope: TenantScope,
  place: RevisionPlace,
  file: 'meta.json',
  options: ReadOptions,
): Promise<Uint8Array | undefined> {
  return ports.git.read(scope, { ...place, file }, options).catch(async (error: unknown) => {
    // Revisions of other systems hold no meta.json; that the export is there tells the two apart.
    await ports.git.read(scope, { ...place, file: 'export.rsc' }, options)
    if ((error as { code?: string }).code === 'REVISION_NOT_FOUND') return undefined
    throw error
  })
}
