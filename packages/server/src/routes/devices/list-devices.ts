import { z } from 'zod'
import { defineRoute } from '../../http/route.js'
import { deviceAnswer, devicePageQuery } from '../../schemas/devices.js'
import { tenantParams } from '../../schemas/identifiers.js'
import { toDeviceBody } from './device-body.js'

export const listDevices = defineRoute({
  method: 'get',
  path: '/api/tenants/{tenant_id}/devices',
  summary: 'Devices of the tenant, in the order of their ids',
  permission: 'read',
  params: tenantParams,
  query: devicePageQuery,
  answers: { 200: { description: 'Devices', schema: z.array(deviceAnswer) } },
  handle: async ({ scope, services, query: { after, limit } }) => {
    const page = { ...(after === undefined ? {} : { after }), limit: limit ?? 100 }
    const devices = await services.devices.list(scope, page)
    const bodies = await Promise.all(devices.map((device) => toDeviceBody(services, scope, device)))
    return { status: 200, json: bodies }
  },
})
