import { z } from 'zod'
import { defineRoute } from '../http/route.js'
import { operationAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { operationPageQuery } from '../schemas/requests.js'
import { toOperationBody } from './to-result-body.js'

export const listOperations = defineRoute({
  method: 'get',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/operations',
  summary: 'Push operations of the device, newest first',
  permission: 'read',
  params: deviceParams,
  query: operationPageQuery,
  answers: { 200: { description: 'Operations', schema: z.array(operationAnswer) } },
  handle: async ({ scope, services, params: { device_id: deviceId }, query: { limit } }) => {
    const operations = await services.tod.restores.list(scope, { deviceId, limit: limit ?? 100 })
    return { status: 200, json: operations.map(toOperationBody) }
  },
})
