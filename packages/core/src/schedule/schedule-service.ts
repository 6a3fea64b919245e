import { requirePermission, type SystemScope, type TenantScope } from '../access/tenant-scope.js'
import { DeviceNotFoundError } from '../errors/device-errors.js'
import type { EffectiveSchedule, ScheduleRow } from '../model/schedule.js'
import type { AuditLog } from '../ports/audit-log.js'
import type { Clock } from '../ports/clock.js'
import type { DeviceDirectory } from '../ports/device-directory.js'
import type { ScheduleRepository } from '../ports/schedule-repository.js'
import type { TenantGuard } from '../ports/tenant-guard.js'
import { normalizeCronExpression } from './cron-expression.js'
import { nextDueTime } from './due-time.js'
import { effectiveSchedule } from './effective-schedule.js'

/** What the schedule service needs. */
export interface SchedulePorts {
  readonly schedules: ScheduleRepository
  readonly devices: DeviceDirectory
  readonly guard: TenantGuard
  readonly audit: AuditLog
  readonly clock: Clock
}

/** Cron expression (five fields, UTC) and whether it is in force. */
export interface ScheduleChange {
  readonly cronExpression: string
  readonly enabled: boolean
}

/** Schedules of devices and tenants; each change moves the due times at once. */
export class ScheduleService {
  constructor(private readonly ports: SchedulePorts) {}

  /** The schedule in force for a device. @throws DEVICE_NOT_FOUND */
  async find(scope: TenantScope, deviceId: string): Promise<EffectiveSchedule> {
    await this.requireDevice(scope, deviceId)
    return effectiveSchedule(this.ports.schedules, scope, deviceId)
  }

  /** Creates or updates the device's own schedule. @throws DEVICE_NOT_FOUND · SCHEDULE_INVALID · ACCESS_DENIED */
  async put(scope: TenantScope, deviceId: string, change: ScheduleChange): Promise<EffectiveSchedule> {
    requirePermission(scope, 'write')
    await this.requireDevice(scope, deviceId)
    const row = await this.store(scope, deviceId, change)
    await this.refresh(scope, deviceId)
    return { ...row, isDefault: false }
  }

  /** Sets the schedule of all devices of the tenant that have none of their own. @throws SCHEDULE_INVALID */
  async putTenantDefault(scope: TenantScope, change: ScheduleChange): Promise<ScheduleRow> {
    requirePermission(scope, 'administer')
    const row = await this.store(scope, null, change)
    for await (const deviceId of this.deviceIds(scope)) await this.refresh(scope, deviceId)
    return row
  }

  /** The device follows the tenant's default again. */
  async remove(scope: TenantScope, deviceId: string): Promise<void> {
    requirePermission(scope, 'write')
    await this.ports.schedules.remove(scope, deviceId)
    await this.refresh(scope, deviceId)
  }

  /** Works out anew when the device comes due; to be called for a new device and after each change. */
  async refresh(scope: TenantScope, deviceId: string): Promise<void> {
    const { schedules, devices, clock } = this.ports
    if ((await devices.find(scope, deviceId)) === undefined) return
    const { enabled, cronExpression } = await effectiveSchedule(schedules, scope, deviceId)
    const dueAt = enabled ? nextDueTime(cronExpression, deviceId, clock.now()) : null
    await schedules.setDue(scope, deviceId, dueAt)
  }

  /** Gives a due time to every device that has none yet. Hosts with a device table of their own call it at start. */
  async adoptDevices(system: SystemScope): Promise<void> {
    const { schedules, devices, guard } = this.ports
    for (const tenantId of await devices.listTenants(system)) {
      const scope = guard.enterAsSystem(system, tenantId, 'write')
      for await (const deviceId of this.deviceIds(scope)) {
        if ((await schedules.findDue(scope, deviceId)) === undefined) await this.refresh(scope, deviceId)
      }
    }
  }

  private async store(
    scope: TenantScope,
    deviceId: string | null,
    change: ScheduleChange,
  ): Promise<ScheduleRow> {
    const { schedules, audit, clock } = this.ports
    const cronExpression = normalizeCronExpression(change.cronExpression, clock.now())
    const row = await schedules.put(scope, { deviceId, cronExpression, enabled: change.enabled })
    const facts = { cronExpression, enabled: change.enabled }
    await audit.append(scope, { action: 'schedule.change', deviceId, at: clock.now(), facts })
    return row
  }

  private async *deviceIds(scope: TenantScope): AsyncGenerator<string> {
    const limit = 1000
    let after: string | undefined
    for (;;) {
      const page = await this.ports.devices.list(scope, { limit, ...(after === undefined ? {} : { after }) })
      for (const { deviceId } of page) yield deviceId
      after = page.at(-1)?.deviceId
      if (page.length < limit || after === undefined) return
    }
  }

  private async requireDevice(scope: TenantScope, deviceId: string): Promise<void> {
    if ((await this.ports.devices.find(scope, deviceId)) === undefined)
      throw new DeviceNotFoundError({ deviceId })
  }
}
