import type { TenantScope } from '../access/tenant-scope.js'
import { sha256, sha256Hex } from '../digest/sha256.js'
import { hasErrorCode } from '../errors/core-error.js'
import { countLineChanges } from '../export/count-line-changes.js'
import { type ReadExport, readExport } from '../export/read-export.js'
import type { BackupRow } from '../model/backup-entry.js'
import type { Device } from '../model/device.js'
import type { ContentFacts, RevisionMeta } from '../model/revision.js'
import type { Trigger } from '../model/trigger.js'
import type { RecordedContent, StoredRevision } from '../ports/git-store.js'
import type { ServicePorts } from '../service-ports.js'
import type { CapturedExport } from './capture-export.js'
import type { DeviceFacts } from './device-facts.js'
import { readStoredExport } from './read-revision.js'
import { printMeta } from './revision-meta.js'

/** The newest revision of a device as far as it is needed to compare with. */
export interface PreviousRevision {
  readonly commitSha: string
  /** Undefined when its content does not open: it then counts as changed. */
  readonly export: ReadExport | undefined
}

/** A capture on its way into storage. */
export interface RevisionDraft {
  readonly runId: string
  readonly device: Device
  readonly facts: DeviceFacts
  readonly trigger: Trigger
  readonly export: CapturedExport
  readonly binary: Uint8Array | null
  readonly previous: PreviousRevision | undefined
}

/** Ports that recording needs. */
export type RecordPorts = Pick<ServicePorts, 'clock' | 'git' | 'secretBox' | 'runs'>

/** Reads what the next capture is compared with. A revision that does not open is no obstacle for a backup. */
export async function readPrevious(
  ports: Pick<ServicePorts, 'git' | 'secretBox'>,
  scope: TenantScope,
  deviceId: string,
): Promise<PreviousRevision | undefined> {
  const head: StoredRevision | undefined = await ports.git.head(scope, deviceId)
  if (head === undefined) return undefined
  const place = { deviceId, commitSha: head.commitSha }
  try {
    const { bytes } = await readStoredExport(ports, scope, place)
    return { commitSha: head.commitSha, export: readExport(bytes) }
  } catch (error) {
    const isLost =
      hasErrorCode(error, 'BACKUP_NOT_DECRYPTABLE') ||
      hasErrorCode(error, 'BACKUP_INTEGRITY_FAILED') ||
      hasErrorCode(error, 'REVISION_NOT_FOUND') ||
      hasErrorCode(error, 'STORAGE_CORRUPT')
    if (!isLost) throw error
    return { commitSha: head.commitSha, export: undefined }
  }
}

/**
 * Seals a capture, writes it as the newest revision of its device, and then its row. Nothing is acknowledged before both
 * are durable; a crash in between leaves a commit from which the row is made again.
 *
 * @throws KEY_SERVICE_UNAVAILABLE · STORAGE_CONFLICT · STORAGE_FULL · STORAGE_UNAVAILABLE
 */
export async function recordRevision(
  ports: RecordPorts,
  scope: TenantScope,
  draft: RevisionDraft,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<BackupRow> {
  const { deviceId } = draft.device
  const signal = options.signal === undefined ? {} : { signal: options.signal }
  const before = draft.previous?.export
  const changed =
    before?.significant !== draft.export.significant || before.holdsGuard !== draft.export.holdsGuard
  // Where nothing but volatile lines differs, the text of the earlier revision stays the stored one.
  const kept = changed ? undefined : before
  const exportBytes = kept?.bytes ?? draft.export.bytes
  const { linesAdded, linesRemoved } = changed
    ? countLineChanges(before?.significant, draft.export.significant)
    : { linesAdded: 0, linesRemoved: 0 }
  const meta: RevisionMeta = {
    format: 1,
    runId: draft.runId,
    trigger: draft.trigger,
    createdAt: Math.floor(ports.clock.now() / 1000) * 1000,
    device: { name: draft.device.name, host: draft.device.host, identity: draft.facts.identity },
    routerosVersion: draft.facts.version.text,
    model: draft.export.document.header.model ?? null,
    serialNumber: draft.export.document.header.serialNumber ?? null,
    secrets: draft.export.secrets,
    incompleteMenus: draft.export.incompleteMenus,
    holdsGuard: draft.export.holdsGuard,
    changed,
    linesAdded,
    linesRemoved,
    export: factsOf(exportBytes),
    binary: draft.binary === null ? null : factsOf(draft.binary),
    significantSha256: draft.export.significantSha256,
  }
  const seal = (file: 'export.rsc' | 'backup.bin' | 'meta.json', content: Uint8Array) =>
    ports.secretBox.seal(scope, { deviceId, file }, content, signal)
  const digest = (file: 'export.rsc' | 'backup.bin', content: Uint8Array) =>
    ports.secretBox.digest(scope, { deviceId, file }, content, signal)

  const sealedMeta = await seal('meta.json', printMeta(meta))
  const exportContent: RecordedContent =
    kept !== undefined && draft.previous !== undefined
      ? { keepFrom: draft.previous.commitSha }
      : (await seal('export.rsc', exportBytes)).bytes
  const binaryContent = draft.binary === null ? undefined : (await seal('backup.bin', draft.binary)).bytes
  const exportDigest = await digest('export.rsc', exportBytes)
  const binaryDigest = draft.binary === null ? null : await digest('backup.bin', draft.binary)
  const sealedSha = await ports.secretBox.seal(scope, { deviceId, file: 'row' }, sha256(exportBytes), signal)
  const { commitSha } = await ports.git.record(
    scope,
    {
      deviceId,
      files: {
        'export.rsc': exportContent,
        'meta.json': sealedMeta.bytes,
        ...(binaryContent === undefined ? {} : { 'backup.bin': binaryContent }),
      },
      subject: `${draft.trigger}: ${deviceId}`,
      trailers: {
        runId: draft.runId,
        trigger: draft.trigger,
        tier: sealedMeta.tier,
        keyVersion: sealedMeta.keyVersion,
        exportDigest,
        binaryDigest,
      },
      createdAt: meta.createdAt,
      expectedParent: draft.previous?.commitSha ?? null,
    },
    signal,
  )
  const row = rowOf(meta, { tenantId: scope.tenantId, deviceId, commitSha }, sealedMeta.tier, sealedSha.bytes)
  await ports.runs.insert(scope, row)
  return row
}

/** The row that belongs to a revision's facts; also used to make rows again from git. */
export function rowOf(
  meta: RevisionMeta,
  place: { readonly tenantId: string; readonly deviceId: string; readonly commitSha: string },
  tier: BackupRow['encryptionTier'],
  sealedExportSha256: Uint8Array,
): BackupRow {
  return {
    ...place,
    id: meta.runId,
    trigger: meta.trigger,
    linesAdded: meta.linesAdded,
    linesRemoved: meta.linesRemoved,
    encryptionTier: tier,
    createdAt: meta.createdAt,
    changed: meta.changed,
    exportBytes: meta.export.bytes,
    binaryBytes: meta.binary?.bytes ?? null,
    routerosVersion: meta.routerosVersion,
    incompleteMenus: meta.incompleteMenus,
    holdsGuard: meta.holdsGuard,
    sealedExportSha256,
    pinned: meta.trigger === 'checkpoint',
  }
}

function factsOf(content: Uint8Array): ContentFacts {
  return { bytes: content.length, sha256: sha256Hex(content) }
}
