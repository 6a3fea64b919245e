import { OperationNotFoundError } from '@tod/core'
import { HttpError } from '../http/http-error.js'
import { defineRoute } from '../http/route.js'
import { operationAnswer } from '../schemas/answers.js'
import { operationParams } from '../schemas/identifiers.js'
import { emptyBody } from '../schemas/requests.js'
import { toOperationBody } from './to-result-body.js'

export const cancelOperation = defineRoute({
  method: 'post',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/operations/{operation_id}/cancel',
  summary: 'Cancel a push: before its launch a clean stop, after it a return to the old configuration',
  permission: 'write',
  limitPerMinute: 20,
  params: operationParams,
  body: emptyBody,
  answers: { 202: { description: 'The operation as it is now', schema: operationAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId, operation_id: operationId } }) => {
    const operation = await services.tod.restores.find(scope, operationId)
    if (operation.deviceId !== deviceId) throw new OperationNotFoundError({ operationId })
    if (!(await services.tod.restores.cancel(scope, operationId))) {
      const why = operation.open ? 'runs in another process, or waits for recovery' : 'has ended'
      throw new HttpError(409, 'OPERATION_NOT_RUNNING', `The operation ${why}: it cannot be cancelled here.`)
    }
    return { status: 202, json: toOperationBody(operation) }
  },
})
