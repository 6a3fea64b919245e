import { createHash } from 'node:crypto'
import {
  countLineChanges,
  type Device,
  type GitStore,
  isTrigger,
  printMeta,
  type ReadExport,
  RequestInvalidError,
  type RevisionMeta,
  type RunRepository,
  readExport,
  rowOf,
  type SealPlace,
  type SecretBox,
  type SecretsVariant,
  sha256,
  sha256Hex,
  type TenantScope,
  type Trigger,
  throwIfAborted,
} from '@tod/core'
import { type ForeignRevision, isSealedText, type SkippedFile } from './foreign-revision.js'
import type { ImportSource } from './import-source.js'

/** What an import writes to. */
export interface ImportPorts {
  readonly git: GitStore
  readonly secretBox: SecretBox
  readonly runs: RunRepository
}

/** How names of the source become devices of ours. */
export interface ImportOptions {
  /** The device that a name stands for; undefined passes it over. */
  deviceFor(deviceName: string): Device | undefined
  /** Opens content that the other system has sealed (`vault:v1:…`); default the box of the host. */
  readonly foreignBox?: Pick<SecretBox, 'open'>
  /** Whether the source's exports hold secrets, which no export says; default `omitted`. */
  readonly secrets?: SecretsVariant
  readonly signal?: AbortSignal
}

/** What an import did. */
export interface ImportReport {
  readonly imported: number
  /** Revisions that an earlier run has brought. */
  readonly alreadyThere: number
  readonly skipped: readonly SkippedFile[]
}

interface DeviceState {
  tip: string | null
  previous: ReadExport | undefined
  /** Runs that the device had before this import, and how many of them it has come by. */
  readonly runIds: ReadonlySet<string>
  matched: number
}

/**
 * Brings the revisions of another system in, oldest first, sealed and with their dates. Killed half-way, it is run
 * again and goes on. A device that has revisions of another origin is refused: they would stand in the wrong order.
 *
 * @throws REQUEST_INVALID · KEY_SERVICE_UNAVAILABLE · BACKUP_NOT_DECRYPTABLE · STORAGE_*
 */
export async function importRevisions(
  ports: ImportPorts,
  scope: TenantScope,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportReport> {
  const skipped: SkippedFile[] = []
  const states = new Map<string, DeviceState>()
  let imported = 0
  let alreadyThere = 0
  for await (const revision of source.revisions((file) => skipped.push(file))) {
    throwIfAborted(options.signal)
    const device = options.deviceFor(revision.deviceName)
    if (device === undefined) {
      skipped.push({ path: revision.origin, reason: 'no device has this name' })
      continue
    }
    const state = states.get(device.deviceId) ?? (await readState(ports, scope, device))
    states.set(device.deviceId, state)
    const opened = await openForeign(options.foreignBox ?? ports.secretBox, scope, device, revision)
    const runId = runIdOf(scope, device, revision)
    if (state.runIds.has(runId)) {
      alreadyThere++
      state.matched++
    } else {
      // What is there must be what earlier runs have brought, and all of it older.
      if (state.matched < state.runIds.size) {
        throw new RequestInvalidError({
          field: 'device',
          reason: 'has revisions that are not of this source',
        })
      }
      state.tip = await recordForeign(ports, scope, device, { ...revision, ...opened }, runId, state, options)
      imported++
    }
    state.previous = readExport(opened.export)
  }
  return { imported, alreadyThere, skipped }
}

async function readState(ports: ImportPorts, scope: TenantScope, device: Device): Promise<DeviceState> {
  const { deviceId } = device
  const runIds = new Set<string>()
  let tip: string | null = null
  for (let before: string | undefined; ; ) {
    const page = await ports.git.history(scope, {
      deviceId,
      limit: 1_000,
      ...(before === undefined ? {} : { before }),
    })
    tip ??= page[0]?.commitSha ?? null
    for (const { trailers, commitSha } of page) runIds.add(trailers?.runId ?? commitSha)
    before = page.at(-1)?.commitSha
    if (page.length < 1_000) return { tip, previous: undefined, runIds, matched: 0 }
  }
}

/** Content that the other system had sealed is opened. */
async function openForeign(
  box: Pick<SecretBox, 'open'>,
  scope: TenantScope,
  { deviceId }: Device,
  revision: ForeignRevision,
) {
  const open = async (file: SealPlace['file'], content: Uint8Array) =>
    isSealedText(content) ? await box.open(scope, { deviceId, file }, content) : content
  return {
    export: await open('export.rsc', revision.export),
    binary: revision.binary === null ? null : await open('backup.bin', revision.binary),
  }
}

async function recordForeign(
  ports: ImportPorts,
  scope: TenantScope,
  device: Device,
  revision: ForeignRevision,
  runId: string,
  state: DeviceState,
  options: ImportOptions,
): Promise<string> {
  const { deviceId } = device
  const meta = metaOf(device, revision, runId, state.previous, options.secrets ?? 'omitted')
  const seal = async (file: SealPlace['file'], content: Uint8Array) =>
    await ports.secretBox.seal(scope, { deviceId, file }, content)
  const digest = (file: SealPlace['file'], content: Uint8Array) =>
    ports.secretBox.digest(scope, { deviceId, file }, content)
  const sealedMeta = await seal('meta.json', printMeta(meta))
  const { commitSha } = await ports.git.record(scope, {
    deviceId,
    files: {
      'export.rsc': (await seal('export.rsc', revision.export)).bytes,
      'meta.json': sealedMeta.bytes,
      ...(revision.binary === null
        ? {}
        : { 'backup.bin': (await seal('backup.bin', revision.binary)).bytes }),
    },
    subject: `${meta.trigger}: ${deviceId}`,
    trailers: {
      runId,
      trigger: meta.trigger,
      tier: sealedMeta.tier,
      keyVersion: sealedMeta.keyVersion,
      exportDigest: await digest('export.rsc', revision.export),
      binaryDigest: revision.binary === null ? null : await digest('backup.bin', revision.binary),
    },
    createdAt: meta.createdAt,
    expectedParent: state.tip,
  })
  const sealedSha = await seal('row', sha256(revision.export))
  const row = rowOf(meta, { tenantId: scope.tenantId, deviceId, commitSha }, sealedMeta.tier, sealedSha.bytes)
  await ports.runs.insert(scope, row)
  return commitSha
}

function metaOf(
  device: Device,
  revision: ForeignRevision,
  runId: string,
  previous: ReadExport | undefined,
  secrets: SecretsVariant,
): RevisionMeta {
  const read = readExport(revision.export)
  const { header } = read.document
  const changed = previous?.significant !== read.significant
  const factsOf = (content: Uint8Array) => ({ bytes: content.length, sha256: sha256Hex(content) })
  return {
    format: 1,
    runId,
    trigger: triggerOf(revision.message),
    createdAt: Math.floor(revision.createdAt / 1000) * 1000,
    device: { name: device.name, host: device.host, identity: revision.deviceName },
    routerosVersion: header.routerosVersion ?? 'unknown',
    model: header.model ?? null,
    serialNumber: header.serialNumber ?? null,
    secrets,
    incompleteMenus: [],
    holdsGuard: read.holdsGuard,
    changed,
    ...(changed
      ? countLineChanges(previous?.significant, read.significant)
      : { linesAdded: 0, linesRemoved: 0 }),
    export: factsOf(revision.export),
    binary: revision.binary === null ? null : factsOf(revision.binary),
    significantSha256: read.significantSha256,
  }
}

/** Commit messages that begin with a trigger of ours keep it; all others count as scheduled. */
function triggerOf(message: string): Trigger {
  const word = /^([a-z-]+):/.exec(message)?.[1] ?? ''
  return isTrigger(word) ? word : 'scheduled'
}

/** The same state of the same source gives the same id, so that it is brought in once. */
function runIdOf(scope: TenantScope, device: Device, revision: ForeignRevision): string {
  const hash = createHash('sha256')
    .update(
      JSON.stringify(['tod import 1', scope.tenantId, device.deviceId, revision.origin, revision.createdAt]),
    )
    .digest('hex')
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}
