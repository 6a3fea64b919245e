import type { Principal } from '@tod/core'
import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import { z } from 'zod'
import { authorize } from './authorize.js'
import { invalidRequest } from './http-error.js'
import { limitPerMinute } from './rate-limit.js'
import { expressPath, type Reply, type Route } from './route.js'
import type { Services } from './services.js'
import { validate } from './validate.js'

/** For routes that take no query or body: whatever comes is not looked at. */
const nothing = z.unknown().transform(() => undefined)

/** Largest JSON body that is read. */
const maxBodyBytes = 64 * 1024

const readJson = express.json({ limit: maxBodyBytes, strict: true })

/** Reads the body of a route that takes one; a body of another type is refused, not ignored. */
const readBody =
  (route: Route): RequestHandler =>
  (req, res, next) => {
    const isEmpty = (req.get('content-length') ?? '0') === '0' && req.get('transfer-encoding') === undefined
    if (route.body === undefined || isEmpty) return next()
    if (req.is('application/json') === false) {
      return next(
        invalidRequest([
          {
            loc: ['header', 'content-type'],
            msg: 'The body must be application/json.',
            type: 'content_type',
          },
        ]),
      )
    }
    return readJson(req, res, next)
  }

function send(res: Response, reply: Reply): void {
  res.status(reply.status).set(reply.headers ?? {})
  if ('json' in reply) {
    res.json(reply.json)
    return
  }
  res.set('Content-Type', reply.contentType).end(reply.bytes)
}

const principalOf = (res: Response): Principal => res.locals.principal

const basePathOf = ({ tenant_id: tenantId, device_id: deviceId }: Request['params']) =>
  `/api/tenants/${String(tenantId)}/devices/${String(deviceId)}/config`

/**
 * Puts a route behind its checks, in the contract's order: who (done before), scope, role, shape of the request, rate,
 * tenant; whether the device exists is the services' answer. A client that goes away cancels nothing: the handler is
 * never told.
 */
export function mountRoute(router: Router, route: Route, services: Services): void {
  router[route.method](
    expressPath(route.path),
    (_req, res, next) => {
      res.locals.errorTexts = route.errorTexts
      authorize(principalOf(res), route.permission)
      next()
    },
    readBody(route),
    (req, res, next) => {
      res.locals.params = validate(route.params, req.params, 'path')
      res.locals.query = validate(route.query ?? nothing, { ...req.query }, 'query')
      res.locals.body = validate(route.body ?? nothing, req.body, 'body')
      next()
    },
    limitPerMinute(route.limitPerMinute),
    async (req, res) => {
      const { params, query, body } = res.locals
      const scope = await services.guard.enter(principalOf(res), params.tenant_id, route.permission)
      const input = {
        scope,
        params,
        query,
        body,
        services,
        respondAsync: /(^|,)\s*respond-async\b/i.test(req.get('prefer') ?? ''),
        basePath: basePathOf(params),
      } as const
      send(res, await services.idempotency.once(scope, route, req, () => route.handle(input as never)))
    },
  )
}
