import { OperationNotFoundError } from '@tod/core'
import { defineRoute } from '../http/route.js'
import { operationAnswer } from '../schemas/answers.js'
import { operationParams } from '../schemas/identifiers.js'
import { toOperationBody } from './to-result-body.js'

export const getOperation = defineRoute({
  method: 'get',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/operations/{operation_id}',
  summary: 'One push operation with its timeline',
  permission: 'read',
  params: operationParams,
  answers: { 200: { description: 'The operation', schema: operationAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId, operation_id: operationId } }) => {
    const operation = await services.tod.restores.find(scope, operationId)
    if (operation.deviceId !== deviceId) throw new OperationNotFoundError({ operationId })
    return { status: 200, json: toOperationBody(operation) }
  },
})
