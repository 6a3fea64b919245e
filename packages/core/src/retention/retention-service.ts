import { requirePermission, type TenantScope } from '../access/tenant-scope.js'
import { hasErrorCode } from '../errors/core-error.js'
import { RequestInvalidError } from '../errors/request-errors.js'
import type { BackupRow } from '../model/backup-entry.js'
import type { RetentionPolicy } from '../model/retention-policy.js'
import type { GitMaintenance, RevisionsByDevice } from '../ports/git-maintenance.js'
import type { ServicePorts } from '../service-ports.js'
import { decideRetention } from './decide-retention.js'

const pageSize = 1000

/** What a run of retention did, or would do. */
export interface RetentionReport {
  readonly devices: number
  readonly keptRevisions: number
  readonly droppedRevisions: number
}

/** Drops old revisions of a tenant as one batch; never inside a backup. */
export class RetentionService {
  constructor(
    private readonly ports: Pick<ServicePorts, 'git' | 'runs' | 'journal' | 'clock' | 'guard' | 'devices'>,
    private readonly maintenance: Pick<GitMaintenance, 'retain'>,
  ) {}

  /**
   * Decides for every device of the tenant and drops what no rule keeps: first in git, then the rows. What a crash leaves
   * in between, `finishAll` or the next run ends. A revision without a row (left by a crash, or made a moment ago) is not
   * dropped unseen.
   *
   * @param options `dryRun` only counts.
   * @throws REQUEST_INVALID · ACCESS_DENIED · STORAGE_*
   */
  async apply(
    scope: TenantScope,
    policy: RetentionPolicy,
    options: { readonly dryRun?: boolean; readonly signal?: AbortSignal } = {},
  ): Promise<RetentionReport> {
    requirePermission(scope, 'administer')
    checkPolicy(policy)
    const drop = new Map<string, ReadonlySet<string>>()
    let keptRevisions = 0
    let droppedRevisions = 0
    for (const deviceId of await this.ports.git.listDevices(scope)) {
      const rows = await this.rowsOf(scope, deviceId)
      const kept = decideRetention(rows, policy, this.ports.clock.now(), await this.neededBy(scope, deviceId))
      const dropped = rows.map((row) => row.commitSha).filter((sha) => !kept.has(sha))
      drop.set(deviceId, new Set(dropped))
      keptRevisions += kept.size
      droppedRevisions += dropped.length
    }
    const report = { devices: drop.size, keptRevisions, droppedRevisions }
    if (options.dryRun || droppedRevisions === 0) return report
    await this.drop(scope, drop, options.signal)
    return report
  }

  /**
   * Ends, for every tenant, what a killed run has begun: removes the rows of revisions that it had dropped already. To be
   * run at start. A tenant where another process is at it is left to that one; one with an error does not hold up the
   * others.
   *
   * @throws the first error, when all tenants have been seen: STORAGE_*
   */
  async finishAll(): Promise<void> {
    const { guard, devices } = this.ports
    const system = guard.openSystemScope('maintenance')
    const errors: unknown[] = []
    for (const tenantId of await devices.listTenants(system)) {
      try {
        await this.drop(guard.enterAsSystem(system, tenantId), new Map())
      } catch (error) {
        if (!hasErrorCode(error, 'STORAGE_CONFLICT')) errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }

  private async drop(scope: TenantScope, drop: RevisionsByDevice, signal?: AbortSignal): Promise<void> {
    await this.maintenance.retain(scope, drop, {
      ...(signal === undefined ? {} : { signal }),
      forget: async (gone) => {
        for (const [deviceId, shas] of gone) await this.ports.runs.remove(scope, deviceId, [...shas])
      },
    })
  }

  private async rowsOf(scope: TenantScope, deviceId: string): Promise<readonly BackupRow[]> {
    const rows: BackupRow[] = []
    for (;;) {
      const page = await this.ports.runs.list(scope, deviceId, { limit: pageSize, offset: rows.length })
      rows.push(...page)
      if (page.length < pageSize) return rows
    }
  }

  /** What an open push compares with must not go away under it. */
  private async neededBy(scope: TenantScope, deviceId: string): Promise<ReadonlySet<string>> {
    const operations = await this.ports.journal.list(scope, deviceId)
    const open = operations.filter((operation) => operation.open)
    return new Set(
      open.flatMap(({ targetSha, preBackupSha }) => [targetSha, ...(preBackupSha ? [preBackupSha] : [])]),
    )
  }
}

function checkPolicy(policy: RetentionPolicy): void {
  for (const [field, value] of Object.entries(policy)) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
      throw new RequestInvalidError({ field, reason: 'has to be a whole number, 0 or more' })
    }
  }
}
