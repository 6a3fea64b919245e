import { randomBytes } from 'node:crypto'
import type { OperationEvents, Principal, PushEvent, TenantGuard } from '@tod/core'
import type { RequestHandler, Response } from 'express'
import { tenantParams } from '../schemas/identifiers.js'
import { authorize } from './authorize.js'
import { notAuthenticated } from './http-error.js'
import { validate } from './validate.js'

const tokenLifetimeMs = 30_000
const heartbeatMs = 15_000
/** More unused tokens than this are not kept; the oldest goes. */
const maxTokens = 10_000

/** Single-use tokens for streams, because an `EventSource` cannot send a header. */
export class StreamTokens {
  readonly #tokens = new Map<string, { readonly principal: Principal; readonly expiresAt: number }>()

  constructor(private readonly now: () => number) {}

  issue(principal: Principal): string {
    const token = randomBytes(32).toString('base64url')
    this.#tokens.set(token, { principal, expiresAt: this.now() + tokenLifetimeMs })
    if (this.#tokens.size > maxTokens) {
      const oldest = this.#tokens.keys().next().value
      if (oldest !== undefined) this.#tokens.delete(oldest)
    }
    return token
  }

  /** The principal the token was issued to; the token is spent. */
  redeem(token: string): Principal | undefined {
    const held = this.#tokens.get(token)
    this.#tokens.delete(token)
    return held !== undefined && held.expiresAt > this.now() ? held.principal : undefined
  }
}

const toWire = (event: PushEvent) => ({
  event_type: 'config_push',
  tenant_id: event.tenantId,
  device_id: event.deviceId,
  stage: event.stage,
  message: event.message,
  timestamp: new Date(event.at).toISOString(),
  push_operation_id: event.operationId,
  guard_remaining_ms: event.guardRemainingMs,
  ...(event.error === undefined ? {} : { error: event.error }),
})

function openStream(res: Response): void {
  res.status(200).set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  res.flushHeaders()
}

/** `POST /api/auth/sse-token`: a token of 30 s for one stream. */
export const issueStreamToken =
  (tokens: StreamTokens): RequestHandler =>
  (_req, res) => {
    res.json({ token: tokens.issue(res.locals.principal), expires_in: tokenLifetimeMs / 1000 })
  }

export interface EventStreamOptions {
  readonly guard: TenantGuard
  readonly events: OperationEvents
  readonly tokens: StreamTokens
  /** Streams end when this fires, so that a shutdown need not wait for their clients. */
  readonly closing: AbortSignal
}

/** `GET /api/tenants/{tenant_id}/events/stream?token=…`: push operations of a tenant as they go on. */
export function eventStream({ guard, events, tokens, closing }: EventStreamOptions): RequestHandler {
  return async (req, res) => {
    const { token } = req.query
    const principal = typeof token === 'string' ? tokens.redeem(token) : undefined
    if (principal === undefined) throw notAuthenticated('Invalid or expired stream token')
    authorize(principal, 'read')
    const { tenant_id: tenantId } = validate(tenantParams, req.params, 'path')
    const scope = await guard.enter(principal, tenantId, 'read')
    openStream(res)
    const unsubscribe = events.subscribe(scope, (event) => {
      if (event.type === 'push') res.write(`event: config_push\ndata: ${JSON.stringify(toWire(event))}\n\n`)
    })
    const heartbeat = setInterval(() => res.write(': heartbeat\n\n'), heartbeatMs)
    const end = () => res.end()
    closing.addEventListener('abort', end, { once: true })
    res.on('close', () => {
      clearInterval(heartbeat)
      closing.removeEventListener('abort', end)
      unsubscribe()
    })
  }
}
