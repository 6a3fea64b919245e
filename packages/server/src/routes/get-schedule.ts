import { defineRoute } from '../http/route.js'
import { scheduleAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { toScheduleBody } from './to-schedule-body.js'

export const getSchedule = defineRoute({
  method: 'get',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/schedules',
  summary: 'The schedule in force: of the device, of its tenant, or the default',
  permission: 'read',
  params: deviceParams,
  answers: { 200: { description: 'The schedule', schema: scheduleAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId } }) => ({
    status: 200,
    json: toScheduleBody(await services.tod.schedules.find(scope, deviceId)),
  }),
})
