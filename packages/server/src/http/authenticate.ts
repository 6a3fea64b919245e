import type { Principal } from '@tod/core'
import type { RequestHandler } from 'express'
import { hashApiKey, isApiKey } from './api-key.js'
import { notAuthenticated } from './http-error.js'
import type { TokenVerifier } from './token-verifier.js'

/** Who a stored API key stands for. */
export interface KnownApiKey {
  readonly id: string
  readonly tenantId: string
  readonly scopes: readonly string[]
}

export interface AuthenticateOptions {
  readonly verifyToken: TokenVerifier
  /** The key of this hash unless it is unknown, revoked or expired. */
  readonly findApiKey: (hash: string) => Promise<KnownApiKey | undefined>
}

/** The token of the header, or else of the cookie `access_token`. */
function tokenOf(header: string | undefined, cookies: string | undefined): string | undefined {
  const bearer = header === undefined ? undefined : /^Bearer +(\S+) *$/i.exec(header)?.[1]
  if (header !== undefined) return bearer
  for (const pair of (cookies ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === 'access_token' && value !== undefined && value !== '') return value
  }
  return undefined
}

async function fromApiKey(token: string, { findApiKey }: AuthenticateOptions): Promise<Principal> {
  const known = await findApiKey(hashApiKey(token))
  if (known === undefined) throw notAuthenticated('Invalid, expired, or revoked API key')
  return { id: `key:${known.id}`, role: 'api_key', tenantId: known.tenantId, scopes: known.scopes }
}

async function fromJwt(token: string, { verifyToken }: AuthenticateOptions): Promise<Principal> {
  const claims = await verifyToken(token)
  if (claims === undefined || typeof claims.sub !== 'string' || typeof claims.role !== 'string') {
    throw notAuthenticated()
  }
  const tenantId = typeof claims.tenant_id === 'string' ? claims.tenant_id.toLowerCase() : null
  return { id: claims.sub, role: claims.role, tenantId, scopes: scopesOf(claims.scopes) }
}

/** Of the claim `scopes`; none when it is absent. They limit the role `api_key` alone, whoever issued the token. */
const scopesOf = (claim: unknown): readonly string[] =>
  Array.isArray(claim) ? claim.filter((scope) => typeof scope === 'string') : []

/** Finds out who is asking, or answers `401`. Leaves the principal in `res.locals.principal`. */
export function authenticate(options: AuthenticateOptions): RequestHandler {
  return async (req, res, next) => {
    const token = tokenOf(req.get('authorization'), req.get('cookie'))
    if (token === undefined) throw notAuthenticated()
    res.locals.principal = isApiKey(token) ? await fromApiKey(token, options) : await fromJwt(token, options)
    next()
  }
}
