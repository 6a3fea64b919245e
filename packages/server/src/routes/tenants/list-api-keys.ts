import { z } from 'zod'
import { defineRoute } from '../../http/route.js'
import { tenantParams } from '../../schemas/identifiers.js'
import { apiKeyAnswer } from '../../schemas/tenants.js'
import { toApiKeyBody } from './tenant-body.js'

export const listApiKeys = defineRoute({
  method: 'get',
  path: '/api/tenants/{tenant_id}/api-keys',
  summary: 'API keys of the tenant, without their text',
  permission: 'administer',
  params: tenantParams,
  answers: { 200: { description: 'Keys', schema: z.array(apiKeyAnswer) } },
  handle: async ({ scope, services }) => ({
    status: 200,
    json: (await services.apiKeys.list(scope)).map(toApiKeyBody),
  }),
})
