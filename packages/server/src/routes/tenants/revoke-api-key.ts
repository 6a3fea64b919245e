import { HttpError } from '../../http/http-error.js'
import { defineRoute } from '../../http/route.js'
import { apiKeyParams } from '../../schemas/tenants.js'

export const revokeApiKey = defineRoute({
  method: 'delete',
  path: '/api/tenants/{tenant_id}/api-keys/{key_id}',
  summary: 'Revoke an API key; it is refused from now on',
  permission: 'administer',
  limitPerMinute: 60,
  params: apiKeyParams,
  answers: { 204: { description: 'Revoked' } },
  handle: async ({ scope, services, params: { key_id: keyId } }) => {
    if (!(await services.apiKeys.revoke(scope, keyId))) {
      throw new HttpError(404, 'API_KEY_NOT_FOUND', `API key not found: ${keyId}`)
    }
    return { status: 204, bytes: new Uint8Array(), contentType: 'text/plain' }
  },
})
