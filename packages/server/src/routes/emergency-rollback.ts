import { pushReply } from '../http/push-reply.js'
import { defineRoute } from '../http/route.js'
import { acceptedAnswer, rollbackAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { rollbackBody } from '../schemas/requests.js'
import { toResultBody } from './to-result-body.js'

export const emergencyRollback = defineRoute({
  method: 'post',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/emergency-rollback',
  summary: 'Take the device back to the newest backup from before a push, or checkpoint',
  permission: 'write',
  limitPerMinute: 5,
  mayAnswerLater: true,
  params: deviceParams,
  body: rollbackBody,
  errorTexts: { failedAct: 'Emergency rollback' },
  answers: {
    200: { description: 'What was seen', schema: rollbackAnswer },
    202: { description: 'Where to follow the operation (`Prefer: respond-async`)', schema: acceptedAnswer },
  },
  handle: async ({ scope, services, params: { device_id: deviceId }, body, respondAsync, basePath }) => {
    const request = {
      deviceId,
      ...(body?.on_lockout === undefined ? {} : { onLockout: body.on_lockout }),
      ...(body?.on_residual === undefined ? {} : { onResidual: body.on_residual }),
    }
    return pushReply({
      scope,
      events: services.events,
      basePath,
      respondAsync,
      onLateError: services.onBackgroundError,
      run: async (operationId) => {
        const result = await services.tod.rollbacks.rollBack(scope, { ...request, operationId })
        return {
          ...toResultBody(result),
          rolled_back_to: result.rolledBackTo,
          rolled_back_to_date: new Date(result.rolledBackToDate).toISOString(),
        }
      },
    })
  },
})
