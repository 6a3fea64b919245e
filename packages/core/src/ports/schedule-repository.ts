import type { SystemScope, TenantScope } from '../access/tenant-scope.js'
import type { DueDevice, ScheduleRow } from '../model/schedule.js'

/**
 * Schedules and due times. A due time is claimed for a while by one dispatcher; when that one dies, the claim runs out
 * and another takes it. Times are compared with `now` as given by the caller.
 */
export interface ScheduleRepository {
  /** The device's own row, or with null the tenant's default row. @throws SCOPE_INVALID · STORAGE_UNAVAILABLE */
  find(scope: TenantScope, deviceId: string | null): Promise<ScheduleRow | undefined>
  /** Creates or updates the row of the device (or the tenant's default with null); the id stays the same on update. */
  put(
    scope: TenantScope,
    row: { readonly deviceId: string | null; readonly cronExpression: string; readonly enabled: boolean },
  ): Promise<ScheduleRow>
  /** False when there was none. */
  remove(scope: TenantScope, deviceId: string | null): Promise<boolean>
  /** Sets when the device comes due, whoever has claimed it; null = never. Drops a claim. */
  setDue(scope: TenantScope, deviceId: string, dueAt: number | null): Promise<void>
  /** Undefined when it was never set, null when the device never comes due. */
  findDue(scope: TenantScope, deviceId: string): Promise<number | null | undefined>
  /**
   * Claims up to `limit` devices of all tenants whose due time is at or before `now` and that nobody has claimed, oldest
   * first, until `now + claimMs`. Of two callers at once each gets other devices.
   */
  claimDue(
    system: SystemScope,
    request: { readonly now: number; readonly limit: number; readonly claimMs: number },
  ): Promise<readonly DueDevice[]>
  /** Moves a claimed device on, only if its due time is still `expectedDueAt`; false when it changed meanwhile. */
  advance(
    scope: TenantScope,
    deviceId: string,
    change: { readonly expectedDueAt: number; readonly nextDueAt: number | null },
  ): Promise<boolean>
}
