import type { Device, DeviceCredentials, TenantScope } from '@tod/core'
import type { z } from 'zod'
import type { Services } from '../../http/services.js'
import type { deviceAnswer, newDeviceBody } from '../../schemas/devices.js'

type CredentialsBody = NonNullable<z.output<typeof newDeviceBody>['credentials']>

/** From the wire's names to the model's. */
export const toCredentials = (body: CredentialsBody): DeviceCredentials => ({
  username: body.username,
  ...(body.password === undefined ? {} : { password: body.password }),
  ...(body.private_key === undefined ? {} : { privateKey: body.private_key }),
  ...(body.passphrase === undefined ? {} : { passphrase: body.passphrase }),
})

/** What a client sees of a device: never a credential, only whether there are any. */
export async function toDeviceBody(
  services: Services,
  scope: TenantScope,
  device: Device,
): Promise<z.output<typeof deviceAnswer>> {
  const hostKey = await services.hostKeys.find(scope, device.deviceId)
  return {
    device_id: device.deviceId,
    tenant_id: device.tenantId,
    name: device.name,
    host: device.host,
    port: device.port,
    legacy_algorithms: device.legacyAlgorithms ?? false,
    has_credentials: (await services.credentials.find(scope, device.deviceId)) !== undefined,
    host_key:
      hostKey === undefined ? null : { algorithm: hostKey.algorithm, fingerprint: hostKey.fingerprint },
  }
}
