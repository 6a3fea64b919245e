import type { Permission, TenantScope } from '@tod/core'
import type { z } from 'zod'
import type { ErrorTexts } from './error-response.js'
import type { Services } from './services.js'

/** What a route answers: JSON, or bytes as they are. */
export type Reply =
  | { readonly status: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly status: number
      readonly bytes: Uint8Array
      readonly contentType: string
      readonly headers?: Readonly<Record<string, string>>
    }

/** All that a route's code gets: checked input and the scope of the tenant it acts in. */
export interface RouteInput<Params, Body, Query> {
  readonly scope: TenantScope
  readonly params: Params
  readonly body: Body
  readonly query: Query
  readonly services: Services
  /** `Prefer: respond-async` was sent. */
  readonly respondAsync: boolean
  /** Path of the device's `config` routes, to build addresses in answers. */
  readonly basePath: string
}

/** Documented answer of a route; the OpenAPI page is made of these. */
export interface RouteAnswer {
  readonly description: string
  readonly schema?: z.ZodType
  readonly contentType?: string
}

/** A path with parameters in braces as Express writes it. */
export const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')

/** A route as the OpenAPI page shows it. */
export interface RouteDocument {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string
  readonly summary: string
  readonly description?: string
  /** True when no token is asked for. Default false. */
  readonly isOpen?: true
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly answers: Readonly<Record<number, RouteAnswer>>
}

/**
 * One route as data: who may call it, what it takes, what it answers. The checks run in the contract's order and live
 * in one place (`mount-route.ts`); the OpenAPI page is generated from the same object.
 */
export interface Route extends RouteDocument {
  /** Decides scope of API keys and least role. */
  readonly permission: Permission
  /** Calls a minute for one principal in one tenant; absent: no limit. */
  readonly limitPerMinute?: number
  readonly params: z.ZodType
  /** `Prefer: respond-async` gets `202` and an address. Default false. */
  readonly mayAnswerLater?: true
  readonly errorTexts?: ErrorTexts
  /** False for an answer that holds a secret: a repeated `Idempotency-Key` gets `409` in its place. Default true. */
  readonly keepsAnswer?: false
  readonly handle: (input: RouteInput<never, never, never>) => Promise<Reply>
}

interface TypedRoute<P extends z.ZodType, B extends z.ZodType, Q extends z.ZodType>
  extends Omit<Route, 'params' | 'body' | 'query' | 'handle'> {
  readonly params: P
  readonly body?: B
  readonly query?: Q
  readonly handle: (input: RouteInput<z.output<P>, z.output<B>, z.output<Q>>) => Promise<Reply>
}

/** Declares a route; its handler sees the types of the schemas. */
export const defineRoute = <P extends z.ZodType, B extends z.ZodType, Q extends z.ZodType>(
  route: TypedRoute<P, B, Q>,
): Route => route
