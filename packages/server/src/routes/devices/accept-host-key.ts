import { DeviceNotFoundError } from '@tod/core'
import { defineRoute } from '../../http/route.js'
import { acceptHostKeyBody, deviceAnswer } from '../../schemas/devices.js'
import { deviceParams } from '../../schemas/identifiers.js'
import { toDeviceBody } from './device-body.js'

export const acceptHostKey = defineRoute({
  method: 'put',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/host-key',
  summary: 'Accept a host key for the device, after a change was refused',
  permission: 'administer',
  limitPerMinute: 20,
  params: deviceParams,
  body: acceptHostKeyBody,
  answers: { 200: { description: 'The device', schema: deviceAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId }, body }) => {
    const device = await services.devices.find(scope, deviceId)
    if (device === undefined) throw new DeviceNotFoundError({ deviceId })
    await services.hostKeys.replace(scope, {
      deviceId,
      ...body,
      pinnedAt: services.clock.now(),
      pinnedBy: scope.principalId,
    })
    await services.deviceChanged(scope, deviceId, 'host-key-accepted')
    return { status: 200, json: await toDeviceBody(services, scope, device) }
  },
})
