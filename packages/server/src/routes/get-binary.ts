import { defineRoute } from '../http/route.js'
import { revisionParams } from '../schemas/identifiers.js'

export const getBinary = defineRoute({
  method: 'get',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/backups/{commit_sha}/binary',
  summary: 'The stored binary backup',
  permission: 'read',
  params: revisionParams,
  errorTexts: {
    revisionNotFound: (commitSha) => `Backup version not found: ${commitSha}`,
  },
  answers: { 200: { description: 'The file', contentType: 'application/octet-stream' } },
  handle: async ({ scope, services, params: { device_id: deviceId, commit_sha: prefix } }) => {
    const { backups } = services.tod
    const { commitSha } = await backups.resolve(scope, { deviceId, commitSha: prefix })
    const bytes = await backups.readBinary(scope, { deviceId, commitSha })
    const headers = {
      'Content-Disposition': `attachment; filename="backup-${commitSha.slice(0, 8)}.bin"`,
      'Cache-Control': 'no-store',
    }
    return { status: 200, bytes, contentType: 'application/octet-stream', headers }
  },
})
