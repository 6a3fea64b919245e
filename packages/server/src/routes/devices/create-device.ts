import { randomUUID } from 'node:crypto'
import { HttpError } from '../../http/http-error.js'
import { defineRoute } from '../../http/route.js'
import { deviceAnswer, newDeviceBody } from '../../schemas/devices.js'
import { tenantParams } from '../../schemas/identifiers.js'
import { toCredentials, toDeviceBody } from './device-body.js'

export const createDevice = defineRoute({
  method: 'post',
  path: '/api/tenants/{tenant_id}/devices',
  summary: 'Add a device; its backups follow the schedule from now on',
  permission: 'administer',
  limitPerMinute: 120,
  params: tenantParams,
  body: newDeviceBody,
  answers: { 201: { description: 'The device', schema: deviceAnswer } },
  handle: async ({ scope, services, body }) => {
    const deviceId = body.device_id ?? randomUUID()
    if ((await services.devices.find(scope, deviceId)) !== undefined) {
      throw new HttpError(409, 'DEVICE_EXISTS', `Device '${deviceId}' exists already.`)
    }
    const device = await services.devices.put(scope, {
      deviceId,
      name: body.name,
      host: body.host,
      port: body.port,
      legacyAlgorithms: body.legacy_algorithms,
    })
    if (body.credentials !== undefined) {
      await services.credentials.put(scope, deviceId, toCredentials(body.credentials))
    }
    await services.deviceChanged(scope, deviceId, 'created')
    return { status: 201, json: await toDeviceBody(services, scope, device) }
  },
})
