import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids, openTestServer, type TestServer } from '../test-server.js'

/** A request that every check would refuse; each case mends the one before it. */
const wrong = {
  token: null,
  tenantId: ids.tenantB,
  deviceId: ids.unknown,
  body: { commit_sha: 'abcd', extra: 1 },
} as const

describe('a request with several faults is told the first of them, in the order', () => {
  let server: TestServer
  let foreignKey: string

  beforeAll(async () => {
    server = await openTestServer()
    foreignKey = await server.apiKey(ids.tenantA, ['config:read', 'config:write'])
  })
  afterAll(() => server.close())

  const restore = async (changes: object) => {
    const response = await server.call('POST', '/restore', { ...wrong, ...changes })
    const { detail } = (await response.json()) as { detail: unknown }
    return { status: response.status, detail }
  }
  const body = { commit_sha: 'abcd' }

  it('who: 401', async () => {
    expect(await restore({})).toEqual({ status: 401, detail: 'Not authenticated' })
  })

  it('scope: 403', async () => {
    const token = await server.apiKey(ids.tenantA, ['config:read'])

    expect(await restore({ token })).toEqual({
      status: 403,
      detail: 'API key missing required scope: config:write',
    })
  })

  it('role: 403', async () => {
    const token = await server.token('viewer', ids.tenantA)

    expect(await restore({ token })).toEqual({
      status: 403,
      detail: 'Access denied. Minimum required role: operator. Your role: viewer',
    })
  })

  it('shape: 422, as often as one likes', async () => {
    for (let index = 0; index < 7; index++) {
      expect((await restore({ token: foreignKey })).status).toBe(422)
    }
  })

  it('rate before tenant: 403 until there were too many, then 429', async () => {
    const denied = { status: 403, detail: 'Access denied: you do not belong to this tenant.' }
    for (let index = 0; index < 5; index++) {
      expect(await restore({ token: foreignKey, body })).toEqual(denied)
    }

    expect(await restore({ token: foreignKey, body })).toEqual({
      status: 429,
      detail: 'Rate limit exceeded: 5 per 1 minute',
    })
  })

  it('device, then revision: 404', async () => {
    const token = await server.apiKey(ids.tenantA, ['config:read', 'config:write'])
    const own = { token, body, tenantId: ids.tenantA }

    expect((await restore(own)).detail).toMatch(/^Device 'f0000000-.*' not found/)
    expect((await restore({ ...own, deviceId: ids.device })).detail).toMatch(
      /^Backup version 'abcd' not found for device 'd0000000-.*': /,
    )
  })
})
