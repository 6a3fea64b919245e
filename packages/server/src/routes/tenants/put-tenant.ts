import { defineRoute } from '../../http/route.js'
import { tenantParams } from '../../schemas/identifiers.js'
import { tenantAnswer, tenantBody } from '../../schemas/tenants.js'
import { toTenantBody } from './tenant-body.js'

export const putTenant = defineRoute({
  method: 'put',
  path: '/api/tenants/{tenant_id}',
  summary: 'Add a tenant (super_admin) or rename it',
  permission: 'administer',
  limitPerMinute: 60,
  params: tenantParams,
  body: tenantBody,
  answers: { 200: { description: 'The tenant', schema: tenantAnswer } },
  handle: async ({ scope, services, body }) => ({
    status: 200,
    json: toTenantBody(await services.tenants.put(scope, body)),
  }),
})
