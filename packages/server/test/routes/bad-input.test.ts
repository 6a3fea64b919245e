import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids, openTestServer, type TestServer } from '../test-server.js'

interface ErrorBody {
  readonly detail: string | readonly { readonly loc: readonly (string | number)[]; readonly type: string }[]
  readonly code: string
  readonly request_id: string
}

describe('a request that is not right', () => {
  let server: TestServer
  const errorOf = async (response: Response) => ({
    status: response.status,
    ...((await response.json()) as ErrorBody),
  })

  beforeAll(async () => {
    server = await openTestServer()
  })
  afterAll(() => server.close())

  it('is answered with the contract’s body and the id of the request', async () => {
    const response = await server.call('GET', '/backups', {
      token: null,
      headers: { 'x-request-id': 'mine-1' },
    })

    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await errorOf(response)).toEqual({
      status: 401,
      detail: 'Not authenticated',
      code: 'NOT_AUTHENTICATED',
      request_id: 'mine-1',
    })
  })

  it.each([
    ['garbage', 'garbage'],
    [
      'a JWT of another secret',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4Iiwicm9sZSI6InN1cGVyX2FkbWluIiwiZXhwIjo5OTk5OTk5OTk5fQ.AAAA',
    ],
    [
      'a JWT without signature',
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZSI6InN1cGVyX2FkbWluIiwiZXhwIjo5OTk5OTk5OTk5fQ.',
    ],
  ])('is refused when its token is %s', async (_what, token) => {
    expect((await server.call('GET', '/backups', { token })).status).toBe(401)
  })

  it('is refused when its API key is not known', async () => {
    const answer = await errorOf(await server.call('GET', '/backups', { token: `mktp_${'x'.repeat(43)}` }))

    expect(answer).toMatchObject({ status: 401, detail: 'Invalid, expired, or revoked API key' })
  })

  it('is held to the scopes of its token when that claims the role of an API key', async () => {
    const none = await server.token('api_key', ids.tenantA)
    const reading = await server.token('api_key', ids.tenantA, ['config:read'])

    expect((await server.call('GET', '/backups', { token: none })).status).toBe(403)
    expect((await server.call('GET', '/backups', { token: reading })).status).toBe(200)
    const answer = await errorOf(await server.call('POST', '/backups', { token: reading }))
    expect(answer).toMatchObject({ status: 403, detail: 'API key missing required scope: config:write' })
  })

  it('is let in by the cookie, and the header wins over it', async () => {
    const cookie = `access_token=${await server.token('viewer', ids.tenantA)}`

    expect((await server.call('GET', '/backups', { token: null, headers: { cookie } })).status).toBe(200)
    expect((await server.call('GET', '/backups', { token: 'garbage', headers: { cookie } })).status).toBe(401)
  })

  it('has no rights with a role that is not known', async () => {
    const token = await server.token('wizard', ids.tenantA)
    const answer = await errorOf(await server.call('GET', '/backups', { token }))

    expect(answer).toMatchObject({
      status: 403,
      detail: 'Access denied. Minimum required role: viewer. Your role: wizard',
    })
  })

  it('names the scope that an API key lacks', async () => {
    const token = await server.apiKey(ids.tenantA, ['config:read'])
    const answer = await errorOf(await server.call('POST', '/backups', { token }))

    expect(answer).toMatchObject({ status: 403, detail: 'API key missing required scope: config:write' })
  })

  it.each([
    ['a tenant id', { tenantId: 'not-a-uuid' }],
    ['a device id', { deviceId: '1234' }],
  ])('gets 422 for malformed %s', async (_what, where) => {
    expect((await server.call('GET', '/backups', where)).status).toBe(422)
  })

  it('gets 404 for an unknown device, and the same for one of another tenant', async () => {
    const token = await server.token('super_admin')
    const unknown = await errorOf(await server.call('GET', '/backups', { deviceId: ids.unknown }))
    const foreign = await errorOf(await server.call('GET', '/backups', { token, tenantId: ids.tenantB }))

    expect(unknown).toMatchObject({ status: 404, code: 'DEVICE_NOT_FOUND' })
    expect(foreign).toMatchObject({ status: 404, code: 'DEVICE_NOT_FOUND' })
    expect(unknown.detail).toMatch(/^Device 'f0000000-.*' not found/)
  })

  it('gets 403 for another tenant before it learns whether the device exists', async () => {
    const token = await server.token('tenant_admin', ids.tenantB)

    for (const deviceId of [ids.device, ids.unknown]) {
      const answer = await errorOf(await server.call('GET', '/backups', { token, deviceId }))
      expect(answer).toMatchObject({
        status: 403,
        detail: 'Access denied: you do not belong to this tenant.',
      })
    }
  })

  it.each([
    ['export', '/backups/0123456789abcdef0123456789abcdef01234567/export', /^Backup version not found: 0123/],
    ['binary', '/backups/0123456789abcdef0123456789abcdef01234567/binary', /^Backup version not found: 0123/],
    ['a sha that is none', '/backups/nonsense/export', /^Backup version not found: nonsense/],
  ])('gets 404 for an unknown revision: %s', async (_what, path, detail) => {
    const answer = await errorOf(await server.call('GET', path))

    expect(answer).toMatchObject({ status: 404, code: 'REVISION_NOT_FOUND' })
    expect(answer.detail).toMatch(detail)
  })

  it('gets 404 in each route’s own words for an unknown revision in the body', async () => {
    const body = { commit_sha: '0123456789abcdef0123456789abcdef01234567' }
    const preview = await errorOf(await server.call('POST', '/preview-restore', { body }))
    const restore = await errorOf(await server.call('POST', '/restore', { body }))

    expect(preview).toMatchObject({ status: 404, detail: `Backup export not found: ${body.commit_sha}` })
    expect(restore.status).toBe(404)
    expect(restore.detail).toMatch(
      new RegExp(`^Backup version '${body.commit_sha}' not found for device '${ids.device}': `),
    )
  })

  it('gets 404 for a rollback when there is nothing to go back to', async () => {
    const answer = await errorOf(await server.call('POST', '/emergency-rollback'))

    expect(answer).toMatchObject({ status: 404, detail: 'No pre-push backup found for rollback' })
  })

  it.each([
    ['an unknown field', { commit_sha: 'abcd', extra: 1 }, ['body', 'extra'], 'extra_forbidden'],
    ['a missing field', {}, ['body', 'commit_sha'], 'invalid_type'],
    ['a wrong type', { commit_sha: 5 }, ['body', 'commit_sha'], 'invalid_type'],
    ['text that is no JSON', '{"commit_sha":', ['body'], 'json_invalid'],
  ])('gets 422 and the place for %s', async (_what, body, loc, type) => {
    const answer = await errorOf(await server.call('POST', '/restore', { body }))

    expect(answer.status).toBe(422)
    expect(answer.detail).toContainEqual(expect.objectContaining({ loc, type }))
  })

  it('gets 422 for a body of another content type', async () => {
    const headers = { 'content-type': 'text/plain' }

    expect((await server.call('POST', '/restore', { body: 'commit_sha=abcd', headers })).status).toBe(422)
  })

  it('gets 413 for a body that is too large', async () => {
    const body = { commit_sha: 'x'.repeat(100_000) }

    expect(
      (
        await server.call('POST', '/restore', {
          body,
          token: await server.token('tenant_admin', ids.tenantA),
        })
      ).status,
    ).toBe(413)
  })

  it.each(['', '* * * *', '61 * * * *', '@daily', '0 0 31 2 *'])(
    'gets 422 for the cron expression %j',
    async (expression) => {
      const body = { cron_expression: expression, enabled: true }

      expect((await server.call('PUT', '/schedules', { body })).status).toBe(422)
    },
  )

  it('gets 404 for an address that does not exist', async () => {
    const response = await fetch(`${server.server.url}/nothing/here`)

    expect(await errorOf(response)).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  it.each([
    ['DELETE', '/backups', 'GET, HEAD, POST'],
    ['GET', '/restore', 'POST'],
    ['PATCH', '/schedules', 'GET, HEAD, PUT'],
  ])('gets 405 and what there is for %s %s', async (method, path, allowed) => {
    const response = await server.call(method, path)

    expect(response.headers.get('allow')).toBe(allowed)
    expect(await errorOf(response)).toMatchObject({
      status: 405,
      code: 'METHOD_NOT_ALLOWED',
      detail: 'Method Not Allowed',
    })
    expect((await server.call(method, path, { token: null })).status).toBe(401)
  })

  it('gets 405 outside of the tenants too', async () => {
    const response = await fetch(`${server.server.url}/healthz`, { method: 'POST' })

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
  })

  it('gets 429 with the time to wait when it comes too often, and nobody else does', async () => {
    const often = await server.apiKey(ids.tenantA, ['config:read', 'config:write'])
    const body = { commit_sha: 'abcd' }
    const statuses: number[] = []
    for (let index = 0; index < 6; index++) {
      statuses.push((await server.call('POST', '/restore', { body, token: often })).status)
    }
    const limited = await server.call('POST', '/restore', { body, token: often })
    const other = await server.apiKey(ids.tenantA, ['config:read', 'config:write'])

    expect(statuses).toEqual([404, 404, 404, 404, 404, 429])
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await server.call('POST', '/restore', { body, token: other })).status).toBe(404)
  })

  it('is counted for the same tenant however its id is spelled', async () => {
    const token = await server.apiKey(ids.tenantA, ['config:read', 'config:write'])
    const statuses: number[] = []
    for (const tenantId of [ids.tenantA, ids.tenantA.toUpperCase()]) {
      for (let index = 0; index < 3; index++) {
        statuses.push((await server.call('POST', '/checkpoint', { token, tenantId })).status)
      }
    }

    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  })

  it('gets 422 for an address that is not encoded as it should be', async () => {
    expect((await server.call('GET', '/backups/%zz/export')).status).toBe(422)
  })
})
