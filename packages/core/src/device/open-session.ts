import type { TenantScope } from '../access/tenant-scope.js'
import {
  CredentialsNotFoundError,
  DeviceNotFoundError,
  DeviceTimeoutError,
  HostKeyChangedError,
} from '../errors/device-errors.js'
import type { Device, HostKey } from '../model/device.js'
import type { AuditLog } from '../ports/audit-log.js'
import type { Clock } from '../ports/clock.js'
import type { CredentialStore } from '../ports/credential-store.js'
import type { DeviceDirectory } from '../ports/device-directory.js'
import type { DeviceConnection, DeviceTransport } from '../ports/device-transport.js'
import type { HostKeyStore } from '../ports/host-key-store.js'
import type { RandomSource } from '../ports/random-source.js'
import { withDeadline } from '../time/with-deadline.js'
import { DeviceSession } from './device-session.js'
import type { DeviceTimeLimits } from './time-limits.js'

/** What opening a session needs. */
export interface SessionPorts {
  readonly clock: Clock
  readonly transport: DeviceTransport
  readonly devices: DeviceDirectory
  readonly credentials: CredentialStore
  readonly hostKeys: HostKeyStore
  readonly audit: AuditLog
  readonly random: RandomSource
  readonly limits: DeviceTimeLimits
}

/** The device of this tenant. @throws DEVICE_NOT_FOUND */
export async function findDevice(
  ports: Pick<SessionPorts, 'devices'>,
  scope: TenantScope,
  deviceId: string,
): Promise<Device> {
  const device = await ports.devices.find(scope, deviceId)
  if (device === undefined) throw new DeviceNotFoundError({ deviceId })
  return device
}

/**
 * Connects and logs in. The host key is checked before anything secret is sent: the first one seen is pinned, another
 * one is refused until someone accepts it.
 *
 * @throws DEVICE_NOT_FOUND · CREDENTIALS_NOT_FOUND · HOST_KEY_CHANGED · DEVICE_UNREACHABLE · DEVICE_AUTH_FAILED ·
 * DEVICE_TIMEOUT · OPERATION_ABORTED
 */
export async function openSession(
  ports: SessionPorts,
  scope: TenantScope,
  deviceId: string,
  options: { readonly signal?: AbortSignal | undefined; readonly timeoutMs?: number } = {},
): Promise<DeviceSession> {
  const device = await findDevice(ports, scope, deviceId)
  const credentials = await ports.credentials.find(scope, deviceId)
  if (credentials === undefined) throw new CredentialsNotFoundError({ deviceId })
  const pinned = await ports.hostKeys.find(scope, deviceId)
  const timeoutMs = options.timeoutMs ?? ports.limits.connectMs
  let late: Promise<DeviceConnection> | undefined
  const connection = await withDeadline(
    {
      clock: ports.clock,
      timeoutMs,
      signal: options.signal,
      onTimeout: () => new DeviceTimeoutError({ deviceId, step: 'connect', timeoutMs }),
    },
    (signal) => {
      late = ports.transport.connect(
        {
          deviceId,
          host: device.host,
          port: device.port,
          credentials,
          ...(device.legacyAlgorithms === undefined ? {} : { legacyAlgorithms: device.legacyAlgorithms }),
          ...(pinned === undefined ? {} : { knownHostKeyAlgorithm: pinned.algorithm }),
          verifyHostKey: (seen) => verifyHostKey(ports, scope, deviceId, seen),
        },
        { signal },
      )
      return late
    },
  ).catch((error: unknown) => {
    // A connection that comes up after we gave up on it must not stay open.
    late?.then(
      (connected) => connected.close(),
      () => {},
    )
    throw error
  })
  return new DeviceSession(
    device,
    credentials.username,
    connection,
    ports.clock,
    ports.limits,
    ports.random.hex(8),
  )
}

async function verifyHostKey(
  ports: SessionPorts,
  scope: TenantScope,
  deviceId: string,
  seen: HostKey,
): Promise<void> {
  const known = await ports.hostKeys.find(scope, deviceId)
  const now = ports.clock.now()
  const pinned =
    known ??
    (await ports.hostKeys.pinFirst(scope, { ...seen, deviceId, pinnedAt: now, pinnedBy: 'first-use' }))
  if (pinned.fingerprint !== seen.fingerprint) {
    const expected = pinned.fingerprint
    throw new HostKeyChangedError({
      deviceId,
      expected,
      seen: seen.fingerprint,
      seenAlgorithm: seen.algorithm,
    })
  }
  if (known === undefined) {
    await ports.audit.append(scope, {
      action: 'host-key.first-use',
      deviceId,
      at: now,
      facts: { algorithm: seen.algorithm, fingerprint: seen.fingerprint },
    })
  }
}
