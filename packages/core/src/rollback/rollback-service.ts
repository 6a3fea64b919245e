import { requirePermission, type TenantScope } from '../access/tenant-scope.js'
import { findDevice } from '../device/open-session.js'
import { NoRollbackTargetError } from '../errors/storage-errors.js'
import type { BackupRow } from '../model/backup-entry.js'
import type { PushResult } from '../model/push-operation.js'
import { rollbackTriggers } from '../model/trigger.js'
import { recoverOperations } from '../recovery/recover-operations.js'
import { rebootAllowanceMs } from '../restore/conclude-push.js'
import { type RestoreRequest, toPushRequest } from '../restore/push-request.js'
import type { RestoreService } from '../restore/restore-service.js'
import type { ServicePorts } from '../service-ports.js'
import { tenantSettingsOf } from '../settings/tenant-settings-of.js'

/** An emergency rollback. */
export type RollbackRequest = Omit<RestoreRequest, 'commitSha' | 'strategy' | 'expectedPlanHash'>

/** A push to the newest backup from before a push, with what it went to. */
export interface RollbackResult extends PushResult {
  readonly rolledBackTo: string
  /** UTC, ms since 1970. */
  readonly rolledBackToDate: number
}

/** A device that is booting answers within this, ms. */
const reachPatienceMs = 300_000
/** Between two looks at a push that is still open, ms. */
const recoveryPauseMs = 10_000

/** Takes a device back to where it was before the last push. */
export class RollbackService {
  constructor(
    private readonly ports: ServicePorts,
    private readonly restores: RestoreService,
  ) {}

  /**
   * Goes to the newest backup that was taken before a push, or as a checkpoint. The backup that it takes first is no
   * later target: a second click does not bring the broken configuration back. An operation that was left open is
   * brought to its end first, and a device that is booting is waited for.
   *
   * @throws NO_ROLLBACK_TARGET and as `RestoreService.restore`
   */
  async rollBack(scope: TenantScope, request: RollbackRequest): Promise<RollbackResult> {
    requirePermission(scope, 'write')
    const { deviceId } = request
    await findDevice(this.ports, scope, deviceId)
    const target = await this.pickTarget(scope, deviceId)
    await this.endOpenPush(scope, request)
    const settings = await tenantSettingsOf(this.ports, scope)
    const decided = {
      kind: 'rollback',
      preTrigger: 'pre-rollback',
      targetSha: target.commitSha,
      operationId: request.operationId ?? this.ports.random.uuid(),
      reachPatienceMs,
    } as const
    const push = toPushRequest({ ...request, commitSha: target.commitSha }, decided, settings)
    const result = await this.restores.push(scope, push)
    return { ...result, rolledBackTo: target.commitSha, rolledBackToDate: target.createdAt }
  }

  /** The backup that a rollback would go to. @throws NO_ROLLBACK_TARGET */
  async pickTarget(scope: TenantScope, deviceId: string): Promise<BackupRow> {
    const filter = { triggers: rollbackTriggers, withoutGuard: true }
    const target = await this.ports.runs.newest(scope, deviceId, filter)
    if (target === undefined) throw new NoRollbackTargetError({ deviceId })
    return target
  }

  /**
   * Recovers until no push of the device is open. One that has locked us out is waited for until its guard has fired and
   * the device has booted; one that another process still runs is not.
   */
  private async endOpenPush(scope: TenantScope, { deviceId, signal }: RollbackRequest): Promise<void> {
    const { clock, journal, locks } = this.ports
    const startedAt = clock.monotonicMs()
    for (;;) {
      const open = (await journal.list(scope, deviceId)).find((operation) => operation.open)
      if (open === undefined || (await locks.holder(scope, deviceId))?.purpose === 'push') return
      await recoverOperations(this.ports, {
        only: { tenantId: scope.tenantId, deviceId },
        ...(signal === undefined ? {} : { signal }),
      })
      const guardMs = (open.budget?.deadlineMs ?? 0) + rebootAllowanceMs
      if (clock.monotonicMs() - startedAt >= guardMs) return
      const isOpen = (await journal.find(scope, open.operationId))?.open
      if (isOpen) await clock.sleep(recoveryPauseMs, signal === undefined ? {} : { signal })
    }
  }
}
