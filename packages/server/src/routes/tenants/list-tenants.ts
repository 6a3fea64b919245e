import { type Principal, roleSuffices } from '@tod/core'
import type { RequestHandler } from 'express'
import type { Services } from '../../http/services.js'
import { toTenantBody } from './tenant-body.js'

/** `GET /api/tenants`: all of them for a super_admin, one's own for everybody else. Crosses tenants, so it has no scope. */
export const listTenants =
  ({ tenants, guard }: Services): RequestHandler =>
  async (_req, res) => {
    const principal: Principal = res.locals.principal
    const all = await tenants.list(guard.openSystemScope('maintenance'))
    const seesAll = roleSuffices(principal.role, 'super_admin')
    res.json(all.filter(({ tenantId }) => seesAll || tenantId === principal.tenantId).map(toTenantBody))
  }
