import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import type { BackupRow, FailedRun } from '../model/backup-entry.js'
import type { Trigger } from '../model/trigger.js'
import type { RunRepository } from '../ports/run-repository.js'

/** A `RunRepository` in memory, for tests. */
export class InMemoryRunRepository implements RunRepository {
  private rows: BackupRow[] = []
  private readonly failures: (FailedRun & { readonly tenantId: string })[] = []

  async insert(scope: TenantScope, row: BackupRow): Promise<void> {
    if (await this.find(scope, row.deviceId, row.commitSha)) return
    this.rows.push(structuredClone({ ...row, tenantId: scope.tenantId }))
  }

  async find(scope: TenantScope, deviceId: string, commitSha: string): Promise<BackupRow | undefined> {
    return this.newestFirst(scope, deviceId).find((row) => row.commitSha === commitSha)
  }

  async list(
    scope: TenantScope,
    deviceId: string,
    page: { readonly limit?: number; readonly offset?: number } = {},
  ): Promise<readonly BackupRow[]> {
    const offset = page.offset ?? 0
    return structuredClone(this.newestFirst(scope, deviceId).slice(offset, offset + (page.limit ?? 100)))
  }

  async newest(
    scope: TenantScope,
    deviceId: string,
    filter: { readonly triggers?: readonly Trigger[]; readonly withoutGuard?: boolean } = {},
  ): Promise<BackupRow | undefined> {
    return this.newestFirst(scope, deviceId).find(
      (row) =>
        (filter.triggers === undefined || filter.triggers.includes(row.trigger)) &&
        !(filter.withoutGuard && row.holdsGuard),
    )
  }

  async setPinned(
    scope: TenantScope,
    deviceId: string,
    commitSha: string,
    pinned: boolean,
  ): Promise<boolean> {
    const row = await this.find(scope, deviceId, commitSha)
    this.rows = this.rows.map((present) => (present === row ? { ...present, pinned } : present))
    return row !== undefined
  }

  async remove(scope: TenantScope, deviceId: string, commitShas: readonly string[]): Promise<void> {
    const dropped = new Set(
      this.newestFirst(scope, deviceId).filter((row) => commitShas.includes(row.commitSha)),
    )
    this.rows = this.rows.filter((row) => !dropped.has(row))
  }

  async recordFailure(scope: TenantScope, failure: FailedRun): Promise<void> {
    assertTenantScope(scope)
    this.failures.push({ ...failure, tenantId: scope.tenantId })
  }

  async listFailures(
    scope: TenantScope,
    filter: { readonly deviceId?: string; readonly limit?: number } = {},
  ): Promise<readonly FailedRun[]> {
    assertTenantScope(scope)
    return this.failures
      .filter((failure) => failure.tenantId === scope.tenantId)
      .filter((failure) => filter.deviceId === undefined || failure.deviceId === filter.deviceId)
      .map(({ tenantId: _tenantId, ...failure }) => failure)
      .sort((a, b) => b.failedAt - a.failedAt)
      .slice(0, filter.limit ?? 100)
  }

  private newestFirst(scope: TenantScope, deviceId: string): BackupRow[] {
    assertTenantScope(scope)
    return this.rows
      .filter((row) => row.tenantId === scope.tenantId && row.deviceId === deviceId)
      .reverse()
      .sort((a, b) => b.createdAt - a.createdAt)
  }
}
