import { once } from 'node:events'
import { createServer } from 'node:http'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTokenVerifier, mintToken, type TokenTrust } from '../../src/http/token-verifier.js'

const secret = new TextEncoder().encode('a secret that is long enough for this')
const claims = { subject: 'f0000000-0000-4000-8000-000000000001', role: 'operator' }
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

describe('tokens of a shared secret', () => {
  const verify = createTokenVerifier({ kind: 'secret', secret })

  it('are believed with their claims', async () => {
    const token = await mintToken(secret, { ...claims, tenantId: 't', scopes: ['config:read'] }, 60)

    expect(await verify(token)).toMatchObject({
      sub: claims.subject,
      role: 'operator',
      tenant_id: 't',
      scopes: ['config:read'],
    })
  })

  it.each([
    ['another secret', () => mintToken(new TextEncoder().encode('x'.repeat(40)), claims, 60)],
    ['a time that is over', () => mintToken(secret, claims, -1)],
    [
      'no time at all',
      () =>
        new SignJWT({ role: 'operator' }).setProtectedHeader({ alg: 'HS256' }).setSubject('s').sign(secret),
    ],
    [
      'another algorithm of the same secret',
      () =>
        new SignJWT({ role: 'operator' })
          .setProtectedHeader({ alg: 'HS512' })
          .setSubject('s')
          .setExpirationTime('1h')
          .sign(secret),
    ],
    [
      'the algorithm "none"',
      async () => `${encode({ alg: 'none' })}.${encode({ sub: 's', role: 'super_admin', exp: inAnHour() })}.`,
    ],
    [
      'claims changed after signing',
      async () => {
        const [header, , signature] = (await mintToken(secret, claims, 60)).split('.')
        return `${header}.${encode({ sub: 's', role: 'super_admin', exp: inAnHour() })}.${signature}`
      },
    ],
    ['nothing of a token', async () => 'a.b.c'],
  ])('are not believed with %s', async (_what, make) => {
    expect(await verify(await make())).toBeUndefined()
  })
})

describe('tokens of an identity provider', () => {
  let trust: TokenTrust
  let publicPem: string
  let sign: (change?: (token: SignJWT) => SignJWT) => Promise<string>

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
    publicPem = await exportSPKI(publicKey)
    trust = { kind: 'jwks', keys: { keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] } }
    sign = (change = (token) => token) =>
      change(
        new SignJWT({ role: 'operator' })
          .setProtectedHeader({ alg: 'RS256', kid: 'one' })
          .setSubject('s')
          .setAudience('tod')
          .setIssuer('https://id.example.net')
          .setExpirationTime('1h'),
      ).sign(privateKey)
  })

  it('are believed when one of its keys signed them', async () => {
    expect(await createTokenVerifier(trust)(await sign())).toMatchObject({ role: 'operator' })
  })

  it('are not believed when signed with the public key as if it were a secret', async () => {
    const forged = await new SignJWT({ role: 'super_admin' })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setSubject('s')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(publicPem))

    expect(await createTokenVerifier(trust)(forged)).toBeUndefined()
  })

  it('are not believed when made for another audience or by another issuer, where that is asked for', async () => {
    const demands = { audience: 'tod', issuer: 'https://id.example.net' }
    const verify = createTokenVerifier(trust, demands)

    expect(await verify(await sign())).toBeDefined()
    expect(await verify(await sign((token) => token.setAudience('another')))).toBeUndefined()
    expect(await verify(await sign((token) => token.setIssuer('https://other.example.net')))).toBeUndefined()
  })

  it('cannot be judged while its keys cannot be had, which is no fault of the token', async () => {
    const provider = createServer((_req, res) => res.writeHead(500).end()).listen(0, '127.0.0.1')
    await once(provider, 'listening')
    const address = provider.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const verify = createTokenVerifier({ kind: 'jwks-url', url: `http://127.0.0.1:${port}/keys` })

    await expect(verify(await sign())).rejects.toMatchObject({ status: 503, code: 'TOKEN_KEYS_UNAVAILABLE' })
    await new Promise((resolve) => provider.close(resolve))
    await expect(verify(await sign())).rejects.toMatchObject({ status: 503 })
  })
})
