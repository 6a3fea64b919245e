import { requirePermission, type TenantScope } from '../access/tenant-scope.js'
import { readMeta } from '../backup/read-revision.js'
import { rowOf } from '../backup/record-revision.js'
import { CoreError } from '../errors/core-error.js'
import type { StoredRevision } from '../ports/git-store.js'
import type { ServicePorts } from '../service-ports.js'

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
    let total: ReindexReport = { devices: 0, revisions: 0, addedRows: 0, removedRows: 0, unreadable: [] }
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
   *
   * @param options `onlyMissing` stops at the first revision of a device that has a row, and removes nothing.
   * @throws ACCESS_DENIED · STORAGE_* · KEY_SERVICE_UNAVAILABLE
   */
  async reindex(
    scope: TenantScope,
    options: { readonly onlyMissing?: boolean } = {},
  ): Promise<ReindexReport> {
    requirePermission(scope, 'administer')
    let total: ReindexReport = { devices: 0, revisions: 0, addedRows: 0, removedRows: 0, unreadable: [] }
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
    const { git, runs } = this.ports
    const seen = new Set<string>()
    const missing: StoredRevision[] = []
    let before: string | undefined
    walk: for (;;) {
      const page = await git.history(scope, { deviceId, limit: pageSize, ...(before ? { before } : {}) })
      for (const revision of page) {
        seen.add(revision.commitSha)
        if ((await runs.find(scope, deviceId, revision.commitSha)) === undefined) missing.push(revision)
        else if (onlyMissing) break walk
      }
      before = page.at(-1)?.commitSha
      if (page.length < pageSize) break
    }
    const unreadable: { deviceId: string; commitSha: string }[] = []
    // Oldest first, so that rows of one moment keep their order.
    for (const revision of missing.reverse()) {
      if (!(await this.addRow(scope, revision))) unreadable.push({ deviceId, commitSha: revision.commitSha })
    }
    const removedRows = onlyMissing ? 0 : await this.removeOrphans(scope, deviceId, seen)
    const addedRows = missing.length - unreadable.length
    return { devices: 1, revisions: seen.size, addedRows, removedRows, unreadable }
  }

  private async addRow(scope: TenantScope, revision: StoredRevision): Promise<boolean> {
    const { deviceId, commitSha, trailers } = revision
    try {
      const meta = await readMeta(this.ports, scope, { deviceId, commitSha })
      if (meta === undefined || trailers === null) return false
      const sha256 = Uint8Array.from(meta.export.sha256.match(/../g) ?? [], (pair) =>
        Number.parseInt(pair, 16),
      )
      const sealed = await this.ports.secretBox.seal(scope, { deviceId, file: 'row' }, sha256)
      const place = { tenantId: scope.tenantId, deviceId, commitSha }
      await this.ports.runs.insert(scope, rowOf(meta, place, trailers.tier, sealed.bytes))
      return true
    } catch (error) {
      const isLost =
        error instanceof CoreError && /^(BACKUP_|REVISION_NOT_FOUND|STORAGE_CORRUPT)/.test(error.code)
      if (isLost) return false
      throw error
    }
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
  }
}
