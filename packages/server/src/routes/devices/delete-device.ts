import { DeviceNotFoundError } from '@tod/core'
import { defineRoute } from '../../http/route.js'
import { deviceParams } from '../../schemas/identifiers.js'

export const deleteDevice = defineRoute({
  method: 'delete',
  path: '/api/tenants/{tenant_id}/devices/{device_id}',
  summary: 'Forget a device, its credentials and schedule; stored revisions stay in the repository',
  permission: 'administer',
  limitPerMinute: 120,
  params: deviceParams,
  answers: { 204: { description: 'Gone' } },
  handle: async ({ scope, services, params: { device_id: deviceId } }) => {
    if (!(await services.devices.remove(scope, deviceId))) throw new DeviceNotFoundError({ deviceId })
    await services.deviceChanged(scope, deviceId, 'removed')
    return { status: 204, bytes: new Uint8Array(), contentType: 'text/plain' }
  },
})
