import { createApiKey, hashApiKey } from '../../http/api-key.js'
import { defineRoute } from '../../http/route.js'
import { tenantParams } from '../../schemas/identifiers.js'
import { newApiKeyAnswer, newApiKeyBody } from '../../schemas/tenants.js'
import { toApiKeyBody } from './tenant-body.js'

const dayMs = 24 * 3600 * 1000

export const createApiKeyRoute = defineRoute({
  method: 'post',
  path: '/api/tenants/{tenant_id}/api-keys',
  summary: 'Make an API key; its text is shown this once',
  permission: 'administer',
  limitPerMinute: 20,
  params: tenantParams,
  body: newApiKeyBody,
  keepsAnswer: false,
  answers: { 201: { description: 'The key', schema: newApiKeyAnswer } },
  handle: async ({ scope, services, body }) => {
    const token = createApiKey()
    const days = body.expires_in_days
    const key = await services.apiKeys.add(scope, {
      name: body.name,
      keyHash: hashApiKey(token),
      scopes: body.scopes,
      expiresAt: days === undefined ? null : services.clock.now() + days * dayMs,
    })
    return { status: 201, json: { ...toApiKeyBody(key), token }, headers: { 'Cache-Control': 'no-store' } }
  },
})
