import { requirePermission, type TenantScope } from '../access/tenant-scope.js'
import type { BackupService } from '../backup/backup-service.js'
import { findDevice } from '../device/open-session.js'
import { PushInProgressError } from '../errors/push-errors.js'
import { OperationNotFoundError } from '../errors/request-errors.js'
import { type HeldLease, waitForLease } from '../lock/hold-lease.js'
import type { PushOperation, PushResult } from '../model/push-operation.js'
import type { ServicePorts } from '../service-ports.js'
import { tenantSettingsOf } from '../settings/tenant-settings-of.js'
import { loadTarget } from './load-target.js'
import { type PushRequest, type RestoreRequest, toPushRequest } from './push-request.js'
import { runPush } from './run-push.js'
import { toResult } from './to-result.js'

/** How long a push waits for a backup of the same device to end, ms. */
const backupWaitMs = 180_000

/** Brings a device to a stored revision under a guard, follows and cancels pushes. */
export class RestoreService {
  private readonly running = new Map<string, AbortController>()

  constructor(
    private readonly ports: ServicePorts,
    private readonly backups: BackupService,
  ) {}

  /**
   * Restores. Until something was pushed a failure throws, and the device is as it was; from then on the answer is a
   * result: `committed`, `reverted` or `failed`, each on evidence.
   *
   * @throws DEVICE_NOT_FOUND · CREDENTIALS_NOT_FOUND · REVISION_NOT_FOUND · BACKUP_NOT_DECRYPTABLE ·
   * BACKUP_INTEGRITY_FAILED · PUSH_IN_PROGRESS · DEVICE_CHANGED · LOCKOUT_REFUSED · GUARD_NOT_ARMED · STRATEGY_REFUSED ·
   * CONSENT_REQUIRED · REQUEST_INVALID · OPERATION_ABORTED · LEASE_LOST · DEVICE_* · EXPORT_INCOMPLETE · STORAGE_*
   */
  async restore(scope: TenantScope, request: RestoreRequest): Promise<PushResult> {
    requirePermission(scope, 'write')
    const place = await this.backups.resolve(scope, request)
    const settings = await tenantSettingsOf(this.ports, scope)
    const decided = {
      kind: 'restore',
      preTrigger: 'pre-restore',
      targetSha: place.commitSha,
      operationId: request.operationId ?? this.ports.random.uuid(),
      reachPatienceMs: 0,
    } as const
    return this.push(scope, toPushRequest(request, decided, settings))
  }

  /** Runs a push that is decided; `restore` and rollback come through here. @throws as `restore` */
  async push(scope: TenantScope, request: PushRequest): Promise<PushResult> {
    requirePermission(scope, 'write')
    const { deviceId, targetSha, operationId } = request
    const target = await loadTarget(this.ports, scope, { deviceId, commitSha: targetSha })
    const lease = await this.takeDevice(scope, request)
    const cancel = new AbortController()
    this.running.set(operationId, cancel)
    try {
      await this.requireNoOpenPush(scope, deviceId)
      await this.audit(scope, 'restore.start', request, {})
      const signal = AbortSignal.any([request.signal, cancel.signal])
      const tools = { ports: this.ports, backups: this.backups }
      const operation = await runPush(tools, scope, lease, { ...request, signal }, target)
      await this.audit(scope, 'restore.end', request, { state: operation.state }).catch(() => {})
      return toResult(operation)
    } finally {
      this.running.delete(operationId)
      await lease.release()
    }
  }

  /**
   * Cancels a push that runs in this process: before the launch a clean stop, after it a return to the old
   * configuration. The push's own caller gets the outcome.
   *
   * @returns false when it does not run here, or has ended
   * @throws OPERATION_NOT_FOUND
   */
  async cancel(scope: TenantScope, operationId: string): Promise<boolean> {
    requirePermission(scope, 'write')
    await this.findOperation(scope, operationId)
    const cancel = this.running.get(operationId)
    cancel?.abort()
    return cancel !== undefined
  }

  /** A push of this tenant, whatever its state. @throws OPERATION_NOT_FOUND */
  async find(scope: TenantScope, operationId: string): Promise<PushOperation> {
    requirePermission(scope, 'read')
    return this.findOperation(scope, operationId)
  }

  /** Pushes of a device, newest first. @throws DEVICE_NOT_FOUND */
  async list(
    scope: TenantScope,
    request: { readonly deviceId: string; readonly limit?: number },
  ): Promise<readonly PushOperation[]> {
    requirePermission(scope, 'read')
    await findDevice(this.ports, scope, request.deviceId)
    return this.ports.journal.list(scope, request.deviceId, request)
  }

  private async findOperation(scope: TenantScope, operationId: string): Promise<PushOperation> {
    const operation = await this.ports.journal.find(scope, operationId)
    if (operation === undefined) throw new OperationNotFoundError({ operationId })
    return operation
  }

  private async takeDevice(scope: TenantScope, request: PushRequest): Promise<HeldLease> {
    const { deviceId, signal } = request
    const holder = await this.ports.locks.holder(scope, deviceId)
    const waitMs = holder === undefined || holder.purpose === 'backup' ? backupWaitMs : 0
    const lease = await waitForLease(this.ports, scope, deviceId, 'push', { waitMs, signal })
    if (lease === undefined) throw new PushInProgressError({ deviceId, seen: 'lock' })
    return lease
  }

  /** An operation that another process left open has to be recovered first: its guard may be on the device. */
  private async requireNoOpenPush(scope: TenantScope, deviceId: string): Promise<void> {
    const recent = await this.ports.journal.list(scope, deviceId)
    if (recent.some((operation) => operation.open)) throw new PushInProgressError({ deviceId, seen: 'lock' })
  }

  private async audit(
    scope: TenantScope,
    action: 'restore.start' | 'restore.end',
    request: PushRequest,
    facts: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { operationId, targetSha, kind, strategy, deviceId } = request
    await this.ports.audit.append(scope, {
      action,
      deviceId,
      at: this.ports.clock.now(),
      facts: { operationId, targetSha, kind, strategy, ...facts },
    })
  }
}
