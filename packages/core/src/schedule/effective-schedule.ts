import type { TenantScope } from '../access/tenant-scope.js'
import { defaultCronExpression, type EffectiveSchedule } from '../model/schedule.js'
import type { ScheduleRepository } from '../ports/schedule-repository.js'

/** The schedule in force: the device's own row, else the tenant's default row, else every night at two (UTC). */
export async function effectiveSchedule(
  schedules: ScheduleRepository,
  scope: TenantScope,
  deviceId: string,
): Promise<EffectiveSchedule> {
  const own = await schedules.find(scope, deviceId)
  if (own !== undefined) return { ...own, isDefault: false }
  const shared = await schedules.find(scope, null)
  if (shared !== undefined) return { ...shared, isDefault: true }
  return {
    id: null,
    tenantId: scope.tenantId,
    deviceId: null,
    cronExpression: defaultCronExpression,
    enabled: true,
    isDefault: true,
  }
}
