import { defineRoute } from '../http/route.js'
import { entryAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { emptyBody } from '../schemas/requests.js'
import { toEntryBody } from './to-entry-body.js'

export const createBackup = defineRoute({
  method: 'post',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/backups',
  summary: 'Back the device up now',
  permission: 'write',
  limitPerMinute: 20,
  params: deviceParams,
  body: emptyBody,
  errorTexts: { failedAct: 'Backup' },
  answers: { 201: { description: 'The backup', schema: entryAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId } }) => {
    const entry = await services.tod.backups.backUp(scope, { deviceId, trigger: 'manual' })
    return { status: 201, json: toEntryBody(entry) }
  },
})
