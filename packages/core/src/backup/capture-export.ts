import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { hasErrorCode } from '../errors/core-error.js'
import { DeviceCommandFailedError, ExportIncompleteError } from '../errors/device-errors.js'
import { firstLine, type ReadExport, readExport } from '../export/read-export.js'
import type { SecretsVariant } from '../model/revision.js'
import { exportCommand } from '../routeros/commands.js'
import { judgeCompleteness } from '../routeros/export-completeness.js'

/** Largest export that is taken. */
const maxExportBytes = 64 * 1024 * 1024

/** An export that is known to be whole. */
export interface CapturedExport extends ReadExport {
  /** The variant that we got. */
  readonly secrets: SecretsVariant
  readonly incompleteMenus: readonly string[]
}

/** What to capture. */
export interface CaptureRequest extends RunOptions {
  readonly majorVersion: number
  readonly secrets: SecretsVariant
  /** False when the account is known not to see secrets on this version. */
  readonly maySeeSecrets: boolean
}

/**
 * Takes the export once and proves that it is whole: end marker, header, nothing interrupted, no menu failed but those
 * that fail on healthy devices.
 *
 * @throws EXPORT_INCOMPLETE · DEVICE_COMMAND_FAILED · DEVICE_TIMEOUT · DEVICE_CONNECTION_LOST · OPERATION_ABORTED
 */
export async function captureExport(
  session: DeviceSession,
  request: CaptureRequest,
): Promise<CapturedExport> {
  const { deviceId } = session.device
  const wanted = request.secrets === 'included' && request.maySeeSecrets ? 'included' : 'omitted'
  const bytes = await runExport(session, request, wanted)
  const read = readExport(bytes)
  const verdict = judgeCompleteness(read.document, firstLine(read.text))
  if (!verdict.complete) throw new ExportIncompleteError({ deviceId, reason: verdict.reason })
  return { ...read, secrets: wanted, incompleteMenus: verdict.incompleteMenus }
}

async function runExport(
  session: DeviceSession,
  request: CaptureRequest,
  secrets: SecretsVariant,
): Promise<Uint8Array> {
  try {
    return await session.run(exportCommand(request.majorVersion, secrets), {
      maxOutputBytes: maxExportBytes,
      signal: request.signal,
      timeoutMs: request.timeoutMs ?? 300_000,
    })
  } catch (error) {
    if (!(error instanceof DeviceCommandFailedError) || !hasErrorCode(error, 'DEVICE_COMMAND_FAILED'))
      throw error
    // Text came, but not our end marker: an export that was cut on its way or given up by the device.
    const isCut = error.details.reason === 'cut' || error.details.reason === 'refused'
    const isBroken = isCut || error.details.reason === 'interrupted'
    if (!isBroken) throw error
    throw new ExportIncompleteError(
      { deviceId: session.device.deviceId, reason: 'no-end-marker' },
      { cause: error },
    )
  }
}
