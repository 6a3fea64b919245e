import { DeviceNotFoundError } from '@tod/core'
import { defineRoute } from '../../http/route.js'
import { deviceAnswer, deviceChangesBody } from '../../schemas/devices.js'
import { deviceParams } from '../../schemas/identifiers.js'
import { toCredentials, toDeviceBody } from './device-body.js'

export const changeDevice = defineRoute({
  method: 'patch',
  path: '/api/tenants/{tenant_id}/devices/{device_id}',
  summary: 'Change a device or replace its credentials',
  permission: 'administer',
  limitPerMinute: 120,
  params: deviceParams,
  body: deviceChangesBody,
  answers: { 200: { description: 'The device', schema: deviceAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId }, body }) => {
    const present = await services.devices.find(scope, deviceId)
    if (present === undefined) throw new DeviceNotFoundError({ deviceId })
    const device = await services.devices.put(scope, {
      deviceId,
      name: body.name ?? present.name,
      host: body.host ?? present.host,
      port: body.port ?? present.port,
      legacyAlgorithms: body.legacy_algorithms ?? present.legacyAlgorithms ?? false,
    })
    if (body.credentials !== undefined) {
      await services.credentials.put(scope, deviceId, toCredentials(body.credentials))
    }
    await services.deviceChanged(scope, deviceId, 'changed')
    return { status: 200, json: await toDeviceBody(services, scope, device) }
  },
})
