import { defineRoute } from '../http/route.js'
import { previewAnswer } from '../schemas/answers.js'
import { deviceParams } from '../schemas/identifiers.js'
import { previewBody } from '../schemas/requests.js'
import { toPreviewBody } from './to-preview-body.js'

export const previewRestore = defineRoute({
  method: 'post',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/preview-restore',
  summary: 'What a restore of this revision would change, and whether it would lock us out',
  permission: 'preview',
  limitPerMinute: 20,
  params: deviceParams,
  body: previewBody,
  errorTexts: {
    failedAct: 'Preview',
    revisionNotFound: (commitSha) => `Backup export not found: ${commitSha}`,
  },
  answers: { 200: { description: 'The preview', schema: previewAnswer } },
  handle: async ({ scope, services, params: { device_id: deviceId }, body }) => {
    const preview = await services.tod.previews.preview(scope, { deviceId, commitSha: body.commit_sha })
    return { status: 200, json: toPreviewBody(preview) }
  },
})
