import { defineRoute } from '../http/route.js'
import { entryAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { emptyBody } from '../schemas/requests.js'
import { toEntryBody } from './to-entry-body.js'

export const createCheckpoint = defineRoute({
  method: 'post',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/checkpoint',
  summary: 'Back the device up as a place to return to; retention never drops it',
  permission: 'write',
  limitPerMinute: 5,
  params: deviceParams,
  body: emptyBody,
  errorTexts: { failedAct: 'Checkpoint' },
  answers: { 200: { description: 'The backup', schema: entryAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId } }) => {
    const entry = await services.tod.backups.backUp(scope, { deviceId, trigger: 'checkpoint' })
    return { status: 200, json: toEntryBody(entry) }
  },
})
