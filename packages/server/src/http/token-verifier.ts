import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'

/** Checks a JWT's signature and times; answers its claims, or `undefined` when it is not to be believed. */
export type TokenVerifier = (token: string) => Promise<JWTPayload | undefined>

export type TokenTrust =
  | { readonly kind: 'secret'; readonly secret: Uint8Array }
  | { readonly kind: 'jwks-url'; readonly url: string }
  | { readonly kind: 'jwks'; readonly keys: JSONWebKeySet }

const asymmetric = ['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']

/**
 * Verifies with one secret (HS256) or with the public keys of a JWKS. The algorithm is fixed by the kind of trust,
 * never by the token: a token cannot choose to be checked with a public key as if it were a secret.
 */
export function createTokenVerifier(trust: TokenTrust): TokenVerifier {
  const verify = (token: string) => {
    switch (trust.kind) {
      case 'secret':
        return jwtVerify(token, trust.secret, { algorithms: ['HS256'], requiredClaims: ['exp', 'sub'] })
      case 'jwks-url':
        return jwtVerify(token, remote, { algorithms: asymmetric, requiredClaims: ['exp', 'sub'] })
      case 'jwks':
        return jwtVerify(token, local, { algorithms: asymmetric, requiredClaims: ['exp', 'sub'] })
    }
  }
  const remote = createRemoteJWKSet(new URL(trust.kind === 'jwks-url' ? trust.url : 'http://localhost/'))
  const local = createLocalJWKSet(trust.kind === 'jwks' ? trust.keys : { keys: [] })
  return async (token) => {
    try {
      return (await verify(token)).payload
    } catch {
      return undefined
    }
  }
}

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
