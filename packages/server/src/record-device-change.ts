import type { LocalTod } from '@tod/adapters'
import type { TenantScope } from '@tod/core'

/** What changed about a device outside backups and restores. */
export type DeviceChange = 'created' | 'changed' | 'removed' | 'host-key-accepted'

/** Writes the audit record of a change, and lets the schedule take in a new device. */
export async function recordDeviceChange(
  { database, clock, tod }: LocalTod,
  scope: TenantScope,
  deviceId: string,
  change: DeviceChange,
): Promise<void> {
  const action = change === 'host-key-accepted' ? 'host-key.accept' : 'device.change'
  await database.audit.append(scope, { action, deviceId, at: clock.now(), facts: { change } })
  if (change === 'created') await tod.schedules.refresh(scope, deviceId)
}
