import { requirePermission, type TenantScope } from '../access/tenant-scope.js'
import type { ServicePorts } from '../service-ports.js'
import { addMissingRows } from './add-missing-rows.js'

const pageSize = 200

/** What a reindex found and did. */
export interface ReindexReport {
  readonly devices: number
  readonly revisions: number
  /** Rows made again from git. */
  readonly addedRows: number
  /** Rows whose revision is not there any more. */
  readonly removedRows: number
  /** Revisions whose sealed facts do not open, or that another system wrote. */
  readonly unreadable: readonly { readonly deviceId: string; readonly commitSha: string }[]
  /** Devices whose history is damaged: what is behind the damage was not seen, and no row of theirs was removed. */
  readonly damagedDevices: readonly string[]
}

const nothingSeen: ReindexReport = {
  devices: 0,
  revisions: 0,
  addedRows: 0,
  removedRows: 0,
  unreadable: [],
  damagedDevices: [],
}

/** Makes the rows of backups again from git, which holds all that is in them. */
export class ReindexService {
  constructor(
    private readonly ports: Pick<ServicePorts, 'git' | 'runs' | 'secretBox' | 'guard' | 'devices'>,
  ) {}

  /**
   * Repairs every tenant after a crash between commit and row: walks back from each device's newest revision until a
   * row is there. Cheap when nothing is missing. To be run at start.
   *
   * @throws STORAGE_* · KEY_SERVICE_UNAVAILABLE
   */
  async repairAll(): Promise<ReindexReport> {
    const system = this.ports.guard.openSystemScope('reindex')
    let total = nothingSeen
    for (const tenantId of await this.ports.devices.listTenants(system)) {
      const report = await this.reindex(this.ports.guard.enterAsSystem(system, tenantId), {
        onlyMissing: true,
      })
      total = add(total, report)
    }
    return total
  }

  /**
   * Makes all rows of a tenant again, and removes rows whose revision is gone. Rows that are there stay as they are.
   * Damage in one device's history is reported and does not hold up the others.
   *
   * @param options `onlyMissing` stops at the first revision of a device that has a row, and removes nothing.
   * @throws ACCESS_DENIED · STORAGE_* · KEY_SERVICE_UNAVAILABLE
   */
  async reindex(
    scope: TenantScope,
    options: { readonly onlyMissing?: boolean } = {},
  ): Promise<ReindexReport> {
    requirePermission(scope, 'administer')
    let total = nothingSeen
    for (const deviceId of await this.ports.git.listDevices(scope)) {
      total = add(total, await this.reindexDevice(scope, deviceId, options.onlyMissing ?? false))
    }
    return total
  }

  private async reindexDevice(
    scope: TenantScope,
    deviceId: string,
    onlyMissing: boolean,
  ): Promise<ReindexReport> {
    const walk = await addMissingRows(this.ports, scope, deviceId, { toFirstRow: onlyMissing })
    const { seen, addedRows, isDamaged } = walk
    const removedRows = onlyMissing || isDamaged ? 0 : await this.removeOrphans(scope, deviceId, seen)
    const unreadable = walk.unreadable.map((commitSha) => ({ deviceId, commitSha }))
    const damagedDevices = isDamaged ? [deviceId] : []
    return { devices: 1, revisions: seen.size, addedRows, removedRows, unreadable, damagedDevices }
  }

  private async removeOrphans(
    scope: TenantScope,
    deviceId: string,
    seen: ReadonlySet<string>,
  ): Promise<number> {
    const orphans: string[] = []
    for (let offset = 0; ; offset += pageSize) {
      const page = await this.ports.runs.list(scope, deviceId, { limit: pageSize, offset })
      orphans.push(...page.map((row) => row.commitSha).filter((sha) => !seen.has(sha)))
      if (page.length < pageSize) break
    }
    if (orphans.length > 0) await this.ports.runs.remove(scope, deviceId, orphans)
    return orphans.length
  }
}

function add(left: ReindexReport, right: ReindexReport): ReindexReport {
  return {
    devices: left.devices + right.devices,
    revisions: left.revisions + right.revisions,
    addedRows: left.addedRows + right.addedRows,
    removedRows: left.removedRows + right.removedRows,
    unreadable: [...left.unreadable, ...right.unreadable],
    damagedDevices: [...left.damagedDevices, ...right.damagedDevices],
  }
}
