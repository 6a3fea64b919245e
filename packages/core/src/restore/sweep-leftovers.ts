import type { TenantScope } from '../access/tenant-scope.js'
import type { DeviceSession, RunOptions } from '../device/device-session.js'
import { pushNames } from '../routeros/push-names.js'
import type { ServicePorts } from '../service-ports.js'
import { cleanDevice } from './clean-device.js'

/** How many of the latest pushes are looked at. */
const recentPushes = 20

/**
 * Removes files of pushes that have ended without being able to: they hold secrets. Files of an open push, and of other
 * installations, stay. Best effort.
 */
export async function sweepLeftovers(
  ports: Pick<ServicePorts, 'journal'>,
  scope: TenantScope,
  session: DeviceSession,
  options: RunOptions,
): Promise<void> {
  const operations = await ports.journal.list(scope, session.device.deviceId, { limit: recentPushes })
  for (const operation of operations) {
    if (operation.open || operation.storageFolder === null) continue
    await cleanDevice(session, pushNames(operation.nonce, operation.storageFolder), options)
  }
}
