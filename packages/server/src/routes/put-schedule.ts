import { defineRoute } from '../http/route.js'
import { scheduleAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { scheduleBody } from '../schemas/requests.js'
import { toScheduleBody } from './to-schedule-body.js'

export const putSchedule = defineRoute({
  method: 'put',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/schedules',
  summary: "Create or update the device's own schedule; it takes effect at once",
  permission: 'write',
  limitPerMinute: 20,
  params: deviceParams,
  body: scheduleBody,
  answers: { 200: { description: 'The schedule', schema: scheduleAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId }, body }) => {
    const change = { cronExpression: body.cron_expression, enabled: body.enabled }
    return { status: 200, json: toScheduleBody(await services.tod.schedules.put(scope, deviceId, change)) }
  },
})
