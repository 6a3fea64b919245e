import { z } from 'zod'
import type { RouteDocument } from '../http/route.js'
import { tenantParams } from '../schemas/identifiers.js'
import { tenantAnswer } from '../schemas/tenants.js'

const status = (value: string) => z.object({ status: z.literal(value) })

/** What is mounted by itself because it belongs to no tenant or is no JSON: here for the OpenAPI page. */
export const otherRoutes: readonly RouteDocument[] = [
  {
    method: 'get',
    path: '/healthz',
    summary: 'Whether the process answers',
    isOpen: true,
    answers: { 200: { description: 'It does', schema: status('ok') } },
  },
  {
    method: 'get',
    path: '/readyz',
    summary:
      'Whether the work can be done: the database answers, there is room for backups, the keys fit what is stored',
    isOpen: true,
    answers: {
      200: { description: 'It can', schema: status('ready') },
      503: { description: 'It cannot; the log says why', schema: status('not ready') },
    },
  },
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'This page',
    isOpen: true,
    answers: { 200: { description: 'OpenAPI 3.1', contentType: 'application/json' } },
  },
  {
    method: 'get',
    path: '/api/tenants',
    summary: 'Tenants: all of them for a super_admin, one’s own for everybody else',
    answers: { 200: { description: 'Tenants', schema: z.array(tenantAnswer) } },
  },
  {
    method: 'post',
    path: '/api/auth/sse-token',
    summary: 'A token for one event stream, good for 30 s',
    answers: {
      200: { description: 'The token', schema: z.object({ token: z.string(), expires_in: z.int() }) },
    },
  },
  {
    method: 'get',
    path: '/api/tenants/{tenant_id}/events/stream',
    summary: 'Push operations of the tenant as they go on: server-sent events named config_push',
    isOpen: true,
    params: tenantParams,
    query: z.object({ token: z.string() }),
    answers: { 200: { description: 'The stream', contentType: 'text/event-stream' } },
  },
]
