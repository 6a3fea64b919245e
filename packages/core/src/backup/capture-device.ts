import type { DeviceSession } from '../device/device-session.js'
import { ExportIncompleteError } from '../errors/device-errors.js'
import type { TenantSettings } from '../model/tenant-settings.js'
import type { ServicePorts } from '../service-ports.js'
import { removeFiles, saveAndFetchBackup } from './capture-binary.js'
import { type CapturedExport, type CaptureRequest, captureExport } from './capture-export.js'
import { type DeviceFacts, readDeviceFacts, readPolicies } from './device-facts.js'
import type { PreviousRevision } from './record-revision.js'
import { backupFileName } from './run-names.js'

/** What was taken from a device over one connection. */
export interface DeviceCapture {
  readonly facts: DeviceFacts
  readonly export: CapturedExport
  readonly binary: Uint8Array | null
  /** Null when the device does not know our account itself. */
  readonly policies: ReadonlySet<string> | null
  /** How long the export took, in ms; the measure for later time budgets. */
  readonly exportMs: number
}

/** How to capture. */
export interface CaptureDeviceRequest {
  readonly settings: Pick<TenantSettings, 'secrets' | 'binaryBackup'>
  readonly previous: PreviousRevision | undefined
  readonly signal?: AbortSignal | undefined
}

/** An export below this share of the last one is taken again before it is believed. */
const suspiciousShare = 0.6

/** Takes export and binary backup of a device over a connection that is open. Nothing of ours stays on the device. */
export async function captureDevice(
  ports: Pick<ServicePorts, 'clock' | 'limits'>,
  session: DeviceSession,
  request: CaptureDeviceRequest,
): Promise<DeviceCapture> {
  const { settings, previous, signal } = request
  const facts = await readDeviceFacts(session, { signal })
  const policies = await readPolicies(session, { signal })
  const started = ports.clock.monotonicMs()
  const captured = await captureTrusted(
    session,
    {
      majorVersion: facts.version.major,
      secrets: settings.secrets === 'include' ? 'included' : 'omitted',
      maySeeSecrets: facts.version.major < 7 || policies === null || policies.has('sensitive'),
      timeoutMs: ports.limits.exportMs,
      signal,
    },
    previous,
  )
  const exportMs = ports.clock.monotonicMs() - started
  const isChanged = previous?.export?.significant !== captured.significant
  const wantsBinary =
    settings.binaryBackup === 'always' || (settings.binaryBackup === 'on-change' && isChanged)
  const binary = wantsBinary ? await captureBinary(ports, session, facts, signal) : null
  return { facts, export: captured, binary, policies, exportMs }
}

/** An export that is much smaller than the last is believed only when a second one equals it. */
async function captureTrusted(
  session: DeviceSession,
  request: CaptureRequest,
  previous: PreviousRevision | undefined,
): Promise<CapturedExport> {
  const first = await captureExport(session, request)
  const last = previous?.export?.significant.length ?? 0
  if (first.significant.length >= last * suspiciousShare) return first
  const second = await captureExport(session, request)
  if (second.significant === first.significant) return second
  throw new ExportIncompleteError({ deviceId: session.device.deviceId, reason: 'two-captures-differ' })
}

async function captureBinary(
  ports: Pick<ServicePorts, 'clock' | 'limits'>,
  session: DeviceSession,
  facts: DeviceFacts,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const name = backupFileName(session.device, facts.storageFolder)
  const binaryPorts = { clock: ports.clock, saveTimeoutMs: ports.limits.saveBackupMs }
  try {
    return await saveAndFetchBackup(binaryPorts, session, name, { signal })
  } finally {
    // The file holds secrets. If the connection is gone, the next run takes the same name and removes it.
    await removeFiles(session, [`${name}.backup`]).catch(() => {})
  }
}
