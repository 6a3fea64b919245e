import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { HttpError } from './http-error.js'

/**
 * At most `limit` requests a minute for one principal in one tenant, counted for each route on its own, so that a
 * noisy client cannot starve another one behind the same address. `undefined` means no limit.
 */
export function limitPerMinute(limit: number | undefined): RequestHandler {
  if (limit === undefined) return (_req, _res, next) => next()
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    // The checked id, so that another spelling of it is no other tenant.
    keyGenerator: (_req, { locals }) => `${locals.params.tenant_id}|${locals.principal.id}`,
    handler: (_req, res, next) => {
      const retryAfter = res.getHeader('Retry-After')
      const wait = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
      next(new HttpError(429, 'RATE_LIMITED', `Rate limit exceeded: ${limit} per 1 minute`, wait))
    },
  })
}
