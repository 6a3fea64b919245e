import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { type AuthenticateOptions, authenticate } from './http/authenticate.js'
import { errorResponse } from './http/error-response.js'
import { eventStream, issueStreamToken, StreamTokens } from './http/event-stream.js'
import { HttpError } from './http/http-error.js'
import { logRequest } from './http/log-request.js'
import { methodNotAllowed } from './http/method-not-allowed.js'
import { mountRoute } from './http/mount-route.js'
import { openapiPage } from './http/openapi.js'
import { requestId } from './http/request-id.js'
import type { Services } from './http/services.js'
import { contractRoutes, ownRoutes } from './routes/index.js'
import { otherRoutes } from './routes/other-routes.js'
import { listTenants } from './routes/tenants/list-tenants.js'

export interface AppOptions {
  readonly services: Services
  readonly auth: AuthenticateOptions
  readonly log: Logger
  /** Resolves when the server can do its work; rejects with why not. */
  readonly checkReady: () => Promise<void>
  /** Fires when the server shuts down: event streams end. */
  readonly closing: AbortSignal
  readonly version: string
}

/** The HTTP face: everything between a socket and the services. Listens to nothing by itself. */
export function createApp({ services, auth, log, checkReady, closing, version }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.use(requestId, logRequest(log), helmet())

  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' })
  })
  app.get('/readyz', async (_req, res) => {
    const ready = await checkReady().then(
      () => true,
      (error: unknown) => {
        log.warn({ err: error }, 'not ready')
        return false
      },
    )
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' })
  })
  const tenantRoutes = [...contractRoutes, ...ownRoutes]
  const openapi = openapiPage(tenantRoutes, otherRoutes, version)
  app.get('/openapi.json', (_req, res) => {
    res.json(openapi)
  })

  const tokens = new StreamTokens(() => services.clock.now())
  app.get(
    '/api/tenants/:tenant_id/events/stream',
    eventStream({ guard: services.guard, events: services.events, tokens, closing }),
  )
  const api = express.Router()
  api.use('/api', authenticate(auth))
  api.post('/api/auth/sse-token', issueStreamToken(tokens))
  api.get('/api/tenants', listTenants(services))
  for (const route of tenantRoutes) mountRoute(api, route, services)
  app.use(api, methodNotAllowed([...tenantRoutes, ...otherRoutes]))
  app.use(() => {
    throw new HttpError(404, 'NOT_FOUND', 'Not Found')
  })
  app.use(errorResponse(log))
  return app
}
