import type { DeviceSession } from '../device/device-session.js'
import { openSession } from '../device/open-session.js'
import { CoreError } from '../errors/core-error.js'
import { actSignal, type PushContext } from './push-context.js'

/** Opens a connection for one look; undefined when the device did not answer or the connection broke. */
export async function lookAtUnguarded<T>(
  context: PushContext,
  look: (session: DeviceSession) => Promise<T | undefined>,
): Promise<T | undefined> {
  const { ports, scope, log } = context
  let session: DeviceSession | undefined
  try {
    session = await openSession(ports, scope, log.operation.deviceId, { signal: actSignal(context) })
    return await look(session)
  } catch (error) {
    const isDevice = error instanceof CoreError && /^(DEVICE_|HOST_KEY_|EXPORT_)/.test(error.code)
    if (isDevice) return undefined
    throw error
  } finally {
    await session?.close()
  }
}
