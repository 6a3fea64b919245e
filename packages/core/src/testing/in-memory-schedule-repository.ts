import {
  assertSystemScope,
  assertTenantScope,
  type SystemScope,
  type TenantScope,
} from '../access/tenant-scope.js'
import type { DueDevice, ScheduleRow } from '../model/schedule.js'
import type { ScheduleRepository } from '../ports/schedule-repository.js'

interface Due {
  readonly tenantId: string
  readonly deviceId: string
  readonly dueAt: number | null
  readonly claimedUntil: number | null
}

/** A `ScheduleRepository` in memory, for tests. */
export class InMemoryScheduleRepository implements ScheduleRepository {
  private readonly rows = new Map<string, ScheduleRow>()
  private readonly dues = new Map<string, Due>()

  async find(scope: TenantScope, deviceId: string | null): Promise<ScheduleRow | undefined> {
    return this.rows.get(key(scope, deviceId))
  }

  async put(
    scope: TenantScope,
    change: { readonly deviceId: string | null; readonly cronExpression: string; readonly enabled: boolean },
  ): Promise<ScheduleRow> {
    const id = this.rows.get(key(scope, change.deviceId))?.id ?? crypto.randomUUID()
    const row: ScheduleRow = { id, tenantId: scope.tenantId, ...change }
    this.rows.set(key(scope, change.deviceId), row)
    return row
  }

  async remove(scope: TenantScope, deviceId: string | null): Promise<boolean> {
    return this.rows.delete(key(scope, deviceId))
  }

  async setDue(scope: TenantScope, deviceId: string, dueAt: number | null): Promise<void> {
    this.dues.set(key(scope, deviceId), { tenantId: scope.tenantId, deviceId, dueAt, claimedUntil: null })
  }

  async findDue(scope: TenantScope, deviceId: string): Promise<number | null | undefined> {
    return this.dues.get(key(scope, deviceId))?.dueAt
  }

  async claimDue(
    system: SystemScope,
    request: { readonly now: number; readonly limit: number; readonly claimMs: number },
  ): Promise<readonly DueDevice[]> {
    assertSystemScope(system)
    const claimed: DueDevice[] = []
    const oldestFirst = [...this.dues].sort(([, a], [, b]) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
    for (const [name, due] of oldestFirst) {
      if (claimed.length === request.limit) break
      if (due.dueAt === null || due.dueAt > request.now) continue
      if (due.claimedUntil !== null && due.claimedUntil > request.now) continue
      this.dues.set(name, { ...due, claimedUntil: request.now + request.claimMs })
      claimed.push({ tenantId: due.tenantId, deviceId: due.deviceId, dueAt: due.dueAt })
    }
    return claimed
  }

  async advance(
    scope: TenantScope,
    deviceId: string,
    change: { readonly expectedDueAt: number; readonly nextDueAt: number | null },
  ): Promise<boolean> {
    if (this.dues.get(key(scope, deviceId))?.dueAt !== change.expectedDueAt) return false
    await this.setDue(scope, deviceId, change.nextDueAt)
    return true
  }
}

function key(scope: TenantScope, deviceId: string | null): string {
  assertTenantScope(scope)
  return `${scope.tenantId}/${deviceId ?? ''}`
}
