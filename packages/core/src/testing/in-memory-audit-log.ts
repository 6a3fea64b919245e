import { assertTenantScope, type TenantScope } from '../access/tenant-scope.js'
import type { AuditEntry, AuditLog, AuditRecord } from '../ports/audit-log.js'

/** An audit log in memory, for tests. */
export class InMemoryAuditLog implements AuditLog {
  private readonly entries: AuditEntry[] = []

  async append(scope: TenantScope, record: AuditRecord): Promise<void> {
    assertTenantScope(scope)
    this.entries.push(
      structuredClone({ ...record, tenantId: scope.tenantId, principalId: scope.principalId }),
    )
  }

  async list(
    scope: TenantScope,
    filter: { readonly deviceId?: string; readonly limit?: number; readonly offset?: number } = {},
  ): Promise<readonly AuditEntry[]> {
    assertTenantScope(scope)
    const offset = filter.offset ?? 0
    return this.entries
      .filter((entry) => entry.tenantId === scope.tenantId)
      .filter((entry) => filter.deviceId === undefined || entry.deviceId === filter.deviceId)
      .reverse()
      .sort((a, b) => b.at - a.at)
      .slice(offset, offset + (filter.limit ?? 100))
  }
}
