import { pushReply } from '../http/push-reply.js'
import { defineRoute } from '../http/route.js'
import { acceptedAnswer, resultAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { restoreBody } from '../schemas/requests.js'
import { toResultBody } from './to-result-body.js'

export const restore = defineRoute({
  method: 'post',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/restore',
  summary: 'Bring the device to a stored revision, under a guard that undoes it when the device is lost',
  permission: 'write',
  limitPerMinute: 5,
  mayAnswerLater: true,
  params: deviceParams,
  body: restoreBody,
  errorTexts: {
    failedAct: 'Restore',
    revisionNotFound: (commitSha, deviceId) =>
      `Backup version '${commitSha}' not found for device '${deviceId}': no such revision`,
  },
  answers: {
    200: { description: 'What was seen', schema: resultAnswer },
    202: { description: 'Where to follow the operation (`Prefer: respond-async`)', schema: acceptedAnswer },
  },
  handle: async ({ scope, services, params: { device_id: deviceId }, body, respondAsync, basePath }) => {
    const request = {
      deviceId,
      commitSha: body.commit_sha,
      ...(body.strategy === undefined ? {} : { strategy: body.strategy }),
      ...(body.expected_plan_hash === undefined ? {} : { expectedPlanHash: body.expected_plan_hash }),
      ...(body.on_lockout === undefined ? {} : { onLockout: body.on_lockout }),
      ...(body.on_residual === undefined ? {} : { onResidual: body.on_residual }),
      ...(body.consent === undefined ? {} : { consent: body.consent }),
    }
    return pushReply({
      scope,
      events: services.events,
      basePath,
      respondAsync,
      onLateError: services.onBackgroundError,
      run: async (operationId) =>
        toResultBody(await services.tod.restores.restore(scope, { ...request, operationId })),
    })
  },
})
