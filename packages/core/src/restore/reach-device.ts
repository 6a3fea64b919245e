import type { TenantScope } from '../access/tenant-scope.js'
import type { DeviceSession } from '../device/device-session.js'
import { openSession } from '../device/open-session.js'
import { CoreError } from '../errors/core-error.js'
import type { ServicePorts } from '../service-ports.js'

const pauseMs = 5000

/** Opens a session, trying again while the device cannot be reached: it may be booting. */
export async function reachDevice(
  ports: ServicePorts,
  scope: TenantScope,
  deviceId: string,
  patienceMs: number,
  signal: AbortSignal,
): Promise<DeviceSession> {
  const until = ports.clock.monotonicMs() + patienceMs
  for (;;) {
    try {
      return await openSession(ports, scope, deviceId, { signal })
    } catch (error) {
      const mayCome = error instanceof CoreError && error.retryable && error.code.startsWith('DEVICE_')
      if (!mayCome || ports.clock.monotonicMs() + pauseMs > until) throw error
      await ports.clock.sleep(pauseMs, { signal })
    }
  }
}
