import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'
import { HttpError } from './http-error.js'

/** Checks a JWT's signature and times; answers its claims, or `undefined` when it is not to be believed. */
export type TokenVerifier = (token: string) => Promise<JWTPayload | undefined>

/** Whose tokens are believed. */
export type TokenTrust =
  | { readonly kind: 'secret'; readonly secret: Uint8Array }
  | { readonly kind: 'jwks-url'; readonly url: string }
  | { readonly kind: 'jwks'; readonly keys: JSONWebKeySet }

/** What a token must say beside a good signature; absent: anything. */
export interface TokenDemands {
  readonly audience?: string
  readonly issuer?: string
}

const asymmetric = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']

/**
 * Verifies with one secret (HS256) or with the public keys of a JWKS. The algorithm is fixed by the kind of trust,
 * never by the token: a token cannot choose to be checked with a public key as if it were a secret.
 *
 * The verifier throws `503` when the keys cannot be had: that says nothing about the token.
 */
export function createTokenVerifier(trust: TokenTrust, demands: TokenDemands = {}): TokenVerifier {
  const verify = verifierFor(trust, demands)
  return async (token) => {
    try {
      return (await verify(token)).payload
    } catch (error) {
      if (isAboutToken(error)) return undefined
      throw new HttpError(
        503,
        'TOKEN_KEYS_UNAVAILABLE',
        'The keys that tokens are checked with cannot be had.',
        {
          'Retry-After': '30',
        },
      )
    }
  }
}

function verifierFor(trust: TokenTrust, demands: TokenDemands) {
  const common = { ...demands, requiredClaims: ['exp', 'sub'] }
  if (trust.kind === 'secret') {
    return (token: string) => jwtVerify(token, trust.secret, { ...common, algorithms: ['HS256'] })
  }
  const keys = trust.kind === 'jwks' ? createLocalJWKSet(trust.keys) : createRemoteJWKSet(new URL(trust.url))
  return (token: string) => jwtVerify(token, keys, { ...common, algorithms: asymmetric })
}

/** False for faults of fetching the keys: no answer, not the answer that was expected. */
const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC'

export interface TokenClaims {
  readonly subject: string
  readonly role: string
  readonly tenantId?: string
  readonly scopes?: readonly string[]
}

/** Mints a JWT signed with the server's own secret, for `tod token` and the demo. */
export function mintToken(secret: Uint8Array, claims: TokenClaims, lifetimeSeconds: number): Promise<string> {
  const { subject, role, tenantId, scopes } = claims
  return new SignJWT({
    role,
    ...(tenantId === undefined ? {} : { tenant_id: tenantId }),
    ...(scopes === undefined ? {} : { scopes }),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds}s`)
    .sign(secret)
}
