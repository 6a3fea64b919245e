import { defineRoute } from '../http/route.js'
import { revisionParams } from '../schemas/identifiers.js'

export const getExport = defineRoute({
  method: 'get',
  path: '/api/tenants/{tenant_id}/devices/{device_id}/config/backups/{commit_sha}/export',
  summary: 'The stored export, byte for byte',
  permission: 'read',
  params: revisionParams,
  errorTexts: {
    revisionNotFound: (commitSha) => `Backup version not found: ${commitSha}`,
  },
  answers: { 200: { description: 'Text of the export', contentType: 'text/plain' } },
  handle: async ({ scope, services, params: { device_id: deviceId, commit_sha: commitSha } }) => {
    const bytes = await services.tod.backups.readExport(scope, { deviceId, commitSha })
    const headers = { 'Cache-Control': 'no-store' }
    return { status: 200, bytes, contentType: 'text/plain; charset=utf-8', headers }
  },
})
