/** A stored schedule: the device's own, or the tenant's default (`deviceId` null). */
export interface ScheduleRow {
  readonly id: string
  readonly tenantId: string
  readonly deviceId: string | null
  /** Five fields, UTC. */
  readonly cronExpression: string
  readonly enabled: boolean
}

/** The schedule that is in force for a device. `id` and `deviceId` are null when it is synthetic. */
export interface EffectiveSchedule {
  readonly id: string | null
  readonly tenantId: string
  readonly deviceId: string | null
  readonly cronExpression: string
  readonly enabled: boolean
  /** True unless it is the device's own row. */
  readonly isDefault: boolean
}

/** In force where neither device nor tenant has a schedule. */
export const defaultCronExpression = '0 2 * * *'

/** A device whose backup is due. */
export interface DueDevice {
  readonly tenantId: string
  readonly deviceId: string
  /** The time it came due, UTC, ms since 1970. Also names the slot: one job per device and slot. */
  readonly dueAt: number
}
