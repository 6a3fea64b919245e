import { HttpError } from '../../http/http-error.js'
import { defineRoute } from '../../http/route.js'
import { tenantParams } from '../../schemas/identifiers.js'

export const deleteTenant = defineRoute({
  method: 'delete',
  path: '/api/tenants/{tenant_id}',
  summary: 'Remove a tenant that has no devices; its API keys are refused, its repository stays',
  permission: 'administer',
  limitPerMinute: 60,
  params: tenantParams,
  answers: { 204: { description: 'Gone' } },
  handle: async ({ scope, services }) => {
    const outcome = await services.tenants.remove(scope)
    if (outcome === 'not-there') {
      throw new HttpError(404, 'TENANT_NOT_FOUND', `Tenant not found: ${scope.tenantId}`)
    }
    if (outcome === 'has-devices') {
      throw new HttpError(409, 'TENANT_HAS_DEVICES', 'The tenant has devices: delete them first.')
    }
    return { status: 204, bytes: new Uint8Array(), contentType: 'text/plain' }
  },
})
