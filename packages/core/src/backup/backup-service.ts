import { requirePermission, type TenantScope } from '../access/tenant-scope.js'
import type { DeviceSession } from '../device/device-session.js'
import { findDevice, openSession } from '../device/open-session.js'
import { CoreError } from '../errors/core-error.js'
import { DeviceBusyError } from '../errors/push-errors.js'
import { RevisionNotFoundError } from '../errors/storage-errors.js'
import { type HeldLease, waitForLease } from '../lock/hold-lease.js'
import type { BackupEntry, BackupRow, FailedRun } from '../model/backup-entry.js'
import type { Device } from '../model/device.js'
import type { Trigger } from '../model/trigger.js'
import { addMissingRows } from '../reindex/add-missing-rows.js'
import { sweepLeftovers } from '../restore/sweep-leftovers.js'
import type { ServicePorts } from '../service-ports.js'
import { tenantSettingsOf } from '../settings/tenant-settings-of.js'
import { removeFiles } from './capture-binary.js'
import { type CaptureDeviceRequest, captureDevice, type DeviceCapture } from './capture-device.js'
import { readStoredBinary, readStoredExport } from './read-revision.js'
import { readPrevious, recordRevision } from './record-revision.js'
import { backupFileName } from './run-names.js'
import { toEntry } from './to-entry.js'

/** A backup to be made. */
export interface BackupRequest {
  readonly deviceId: string
  readonly trigger: Trigger
  readonly signal?: AbortSignal | undefined
  /** How long to wait while another operation holds the device, in ms; default 120 000. */
  readonly waitMs?: number
}

/** A backup with what was captured, for those who go on with it under the same lease. */
export interface BackupRun {
  readonly row: BackupRow
  readonly capture: DeviceCapture
}

const defaultWaitMs = 120_000

/** Makes backups, lists them and gives their content back. */
export class BackupService {
  constructor(private readonly ports: ServicePorts) {}

  /**
   * Backs a device up: one connection, export and binary, sealed, committed, listed. Backups of one device are serial.
   *
   * @throws DEVICE_NOT_FOUND · CREDENTIALS_NOT_FOUND · DEVICE_BUSY · DEVICE_* · HOST_KEY_CHANGED · EXPORT_INCOMPLETE ·
   * BINARY_BACKUP_INVALID · KEY_SERVICE_UNAVAILABLE · STORAGE_* · LEASE_LOST · OPERATION_ABORTED · ACCESS_DENIED
   */
  async backUp(scope: TenantScope, request: BackupRequest): Promise<BackupEntry> {
    requirePermission(scope, 'write')
    const { deviceId } = request
    await findDevice(this.ports, scope, deviceId)
    const lease = await this.takeDevice(scope, request)
    try {
      const { row } = await this.runUnderLease(scope, request, lease)
      return await toEntry(this.ports, scope, row)
    } finally {
      await lease.release()
    }
  }

  /**
   * The same under a lease that the caller holds, over its connection when it has one. Failures are recorded.
   *
   * @throws as `backUp`
   */
  async runUnderLease(
    scope: TenantScope,
    request: BackupRequest,
    lease: HeldLease,
    open?: DeviceSession,
  ): Promise<BackupRun> {
    const { deviceId, trigger } = request
    const startedAt = this.ports.clock.now()
    const runId = this.ports.random.uuid()
    try {
      const run = await this.run(scope, request, lease, runId, open)
      await this.ports.audit.append(scope, {
        action: 'backup.create',
        deviceId,
        at: this.ports.clock.now(),
        facts: { commitSha: run.row.commitSha, trigger },
      })
      this.ports.events.publish(scope, {
        type: 'backup',
        tenantId: scope.tenantId,
        deviceId,
        runId,
        trigger,
        outcome: 'succeeded',
        at: this.ports.clock.now(),
        commitSha: run.row.commitSha,
        changed: run.row.changed,
      })
      return run
    } catch (error) {
      const errorCode = error instanceof CoreError ? error.code : 'UNKNOWN'
      const failure: FailedRun = {
        id: runId,
        deviceId,
        trigger,
        errorCode,
        startedAt,
        failedAt: this.ports.clock.now(),
      }
      // The failure itself is what the caller needs to know, also when it cannot be written down.
      await this.ports.runs.recordFailure(scope, failure).catch(() => {})
      this.ports.events.publish(scope, {
        type: 'backup',
        tenantId: scope.tenantId,
        deviceId,
        runId,
        trigger,
        outcome: 'failed',
        at: failure.failedAt,
        error: errorCode,
      })
      throw error
    }
  }

  /**
   * Backups of a device, newest first: at most `limit` (default 100), skipping `offset` (default 0).
   *
   * @throws DEVICE_NOT_FOUND · ACCESS_DENIED · STORAGE_UNAVAILABLE
   */
  async list(
    scope: TenantScope,
    request: { readonly deviceId: string; readonly limit?: number; readonly offset?: number },
  ): Promise<readonly BackupEntry[]> {
    requirePermission(scope, 'read')
    await findDevice(this.ports, scope, request.deviceId)
    const rows = await this.ports.runs.list(scope, request.deviceId, request)
    return Promise.all(rows.map((row) => toEntry(this.ports, scope, row)))
  }

  /** One backup, by sha or the beginning of one. @throws DEVICE_NOT_FOUND · REVISION_NOT_FOUND */
  async find(
    scope: TenantScope,
    request: { readonly deviceId: string; readonly commitSha: string },
  ): Promise<BackupEntry> {
    requirePermission(scope, 'read')
    const place = await this.resolve(scope, request)
    const row = await this.ports.runs.find(scope, place.deviceId, place.commitSha)
    if (row === undefined) throw new RevisionNotFoundError(request)
    return toEntry(this.ports, scope, row)
  }

  /**
   * The stored text of the export, byte for byte. Audited.
   *
   * @throws DEVICE_NOT_FOUND · REVISION_NOT_FOUND · BACKUP_NOT_DECRYPTABLE · BACKUP_INTEGRITY_FAILED · STORAGE_*
   */
  async readExport(
    scope: TenantScope,
    request: { readonly deviceId: string; readonly commitSha: string; readonly signal?: AbortSignal },
  ): Promise<Uint8Array> {
    requirePermission(scope, 'read')
    const place = await this.resolve(scope, request)
    const { bytes } = await readStoredExport(this.ports, scope, place, request)
    await this.auditRead(scope, 'backup.read-export', place)
    return bytes
  }

  /** The stored binary backup. Audited. @throws as `readExport`; REVISION_NOT_FOUND when the revision has none */
  async readBinary(
    scope: TenantScope,
    request: { readonly deviceId: string; readonly commitSha: string; readonly signal?: AbortSignal },
  ): Promise<Uint8Array> {
    requirePermission(scope, 'read')
    const place = await this.resolve(scope, request)
    const bytes = await readStoredBinary(this.ports, scope, place, request)
    await this.auditRead(scope, 'backup.read-binary', place)
    return bytes
  }

  /** Keeps a backup whatever its age, or lets it go again. @throws DEVICE_NOT_FOUND · REVISION_NOT_FOUND */
  async pin(
    scope: TenantScope,
    request: { readonly deviceId: string; readonly commitSha: string; readonly pinned: boolean },
  ): Promise<void> {
    requirePermission(scope, 'write')
    const place = await this.resolve(scope, request)
    const isThere = await this.ports.runs.setPinned(scope, place.deviceId, place.commitSha, request.pinned)
    if (!isThere) throw new RevisionNotFoundError(request)
    await this.ports.audit.append(scope, {
      action: 'backup.pin',
      deviceId: place.deviceId,
      at: this.ports.clock.now(),
      facts: { commitSha: place.commitSha, pinned: request.pinned },
    })
  }

  /** Attempts that gave no backup, newest first, at most `limit` (default 100). @throws ACCESS_DENIED · STORAGE_UNAVAILABLE */
  async listFailures(
    scope: TenantScope,
    filter: { readonly deviceId?: string; readonly limit?: number } = {},
  ): Promise<readonly FailedRun[]> {
    requirePermission(scope, 'read')
    return this.ports.runs.listFailures(scope, filter)
  }

  /** The full sha of a revision of this device. @throws DEVICE_NOT_FOUND · REVISION_NOT_FOUND */
  async resolve(
    scope: TenantScope,
    request: { readonly deviceId: string; readonly commitSha: string },
  ): Promise<{ readonly deviceId: string; readonly commitSha: string }> {
    const { deviceId } = request
    await findDevice(this.ports, scope, deviceId)
    return {
      deviceId,
      commitSha: await this.ports.git.resolve(scope, { deviceId, prefix: request.commitSha }),
    }
  }

  private async takeDevice(scope: TenantScope, request: BackupRequest): Promise<HeldLease> {
    const { deviceId, signal } = request
    const settings = await tenantSettingsOf(this.ports, scope)
    const holder = await this.ports.locks.holder(scope, deviceId)
    const isRefused =
      settings.backupDuringPush === 'refuse' && holder !== undefined && holder.purpose !== 'backup'
    const waitMs = isRefused ? 0 : (request.waitMs ?? defaultWaitMs)
    const lease = await waitForLease(this.ports, scope, deviceId, 'backup', { waitMs, signal })
    if (lease === undefined) throw new DeviceBusyError({ deviceId })
    return lease
  }

  private async run(
    scope: TenantScope,
    request: BackupRequest,
    lease: HeldLease,
    runId: string,
    open: DeviceSession | undefined,
  ): Promise<BackupRun> {
    const { deviceId, trigger } = request
    const signal = request.signal === undefined ? lease.lost : AbortSignal.any([lease.lost, request.signal])
    const settings = await tenantSettingsOf(this.ports, scope)
    const previous = await readPrevious(this.ports, scope, deviceId)
    await this.restoreRow(scope, deviceId, previous?.commitSha)
    const session = open ?? (await openSession(this.ports, scope, deviceId, { signal }))
    const capture = await this.capture(scope, session, { settings, previous, signal }).finally(() =>
      open === undefined ? session.close() : undefined,
    )
    await lease.confirm()
    const draft = {
      runId,
      device: session.device,
      facts: capture.facts,
      trigger,
      export: capture.export,
      binary: capture.binary,
      previous,
    }
    return { row: await recordRevision(this.ports, scope, draft, { signal }), capture }
  }

  /** No revision is put on top of one that lacks its row: a later look for gaps stops at the first row it finds. */
  private async restoreRow(scope: TenantScope, deviceId: string, head: string | undefined): Promise<void> {
    if (head === undefined || (await this.ports.runs.find(scope, deviceId, head)) !== undefined) return
    await addMissingRows(this.ports, scope, deviceId, { toFirstRow: true })
  }

  private async capture(
    scope: TenantScope,
    session: DeviceSession,
    request: CaptureDeviceRequest,
  ): Promise<DeviceCapture> {
    const capture = await captureDevice(this.ports, session, request).catch(async (error: unknown) => {
      // Without its connection the run could not remove its own file, which holds secrets.
      if (session.closed.aborted) await this.removeLeftBackup(scope, session.device)
      throw error
    })
    if (capture.facts.leftovers > 0) {
      await sweepLeftovers(this.ports, scope, session, { signal: request.signal })
    }
    return capture
  }

  private async removeLeftBackup(scope: TenantScope, device: Device): Promise<void> {
    const paths = ['', 'flash'].map((folder) => `${backupFileName(device, folder)}.backup`)
    try {
      const session = await openSession(this.ports, scope, device.deviceId)
      await removeFiles(session, paths).finally(() => session.close())
    } catch {
      // The device is gone for now: the next run takes the same name and removes it.
    }
  }

  private async auditRead(
    scope: TenantScope,
    action: 'backup.read-export' | 'backup.read-binary',
    place: { readonly deviceId: string; readonly commitSha: string },
  ): Promise<void> {
    await this.ports.audit.append(scope, {
      action,
      deviceId: place.deviceId,
      at: this.ports.clock.now(),
      facts: { commitSha: place.commitSha },
    })
  }
}
