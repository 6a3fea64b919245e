import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ids, openTestServer, type TestServer } from '../test-server.js'

const devices = `/${ids.tenantA}/devices`
const password = 'correct horse battery'

interface DeviceBody {
  readonly device_id: string
  readonly host_key: { readonly algorithm: string; readonly fingerprint: string } | null
}

describe('devices over HTTP', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer()
  })
  afterEach(() => server.close())

  const port = () => server.router.listeners[0]?.port ?? 0
  async function add(changes: object = {}): Promise<DeviceBody> {
    const credentials = { username: 'admin', password }
    const body = { name: 'edge', host: '127.0.0.1', port: port(), credentials, ...changes }
    const response = await server.administer('POST', devices, { body })
    expect(response.status).toBe(201)
    return (await response.json()) as DeviceBody
  }

  it('are added, listed, changed, backed up and deleted; credentials never come out', async () => {
    const { device_id: deviceId } = await add()
    const listed = await (await server.administer('GET', devices)).text()
    const renamed = await server.administer('PATCH', `${devices}/${deviceId}`, { body: { name: 'edge-2' } })
    const backup = await server.call('POST', '/backups', { deviceId })
    const deleted = await server.administer('DELETE', `${devices}/${deviceId}`)

    expect(listed).toContain('"has_credentials":true')
    expect(await renamed.json()).toMatchObject({ name: 'edge-2', host: '127.0.0.1', has_credentials: true })
    expect(backup.status).toBe(201)
    expect(deleted.status).toBe(204)
    expect((await server.call('GET', '/backups', { deviceId })).status).toBe(404)
    expect((await server.administer('DELETE', `${devices}/${deviceId}`)).status).toBe(404)
    expect(`${listed}${server.logLines.join()}`).not.toContain(password)
  })

  it('take other credentials, which the next backup uses', async () => {
    const { device_id: deviceId } = await add({ credentials: { username: 'admin', password: 'not this' } })
    expect((await server.call('POST', '/backups', { deviceId })).status).toBe(502)

    const body = { credentials: { username: 'admin', password } }
    await server.administer('PATCH', `${devices}/${deviceId}`, { body })

    expect((await server.call('POST', '/backups', { deviceId })).status).toBe(201)
  })

  it('with another host key are refused, say which, and are let in once it is accepted', async () => {
    const { device_id: deviceId } = await add()
    const stranger = { algorithm: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` }
    const accept = (body: object) => server.administer('PUT', `${devices}/${deviceId}/host-key`, { body })
    await server.call('POST', '/backups', { deviceId })
    await accept(stranger)

    const refused = (await (await server.call('POST', '/backups', { deviceId })).json()) as { detail: string }
    const seen = /it shows (\S+) (SHA256:\S+),/.exec(refused.detail)
    const accepted = await accept({ algorithm: seen?.[1], fingerprint: seen?.[2] })

    expect(refused).toMatchObject({ code: 'HOST_KEY_CHANGED' })
    expect(accepted.status).toBe(200)
    expect((await server.call('POST', '/backups', { deviceId })).status).toBe(201)
  })

  it.each([
    ['no way to log in', { credentials: { username: 'admin' } }, ['body', 'credentials', 'password']],
    ['a host that is none', { host: 'a host' }, ['body', 'host']],
    ['a port that is none', { port: 70_000 }, ['body', 'port']],
    ['an unknown field', { password }, ['body', 'password']],
  ])('are refused with %s', async (_what, changes, loc) => {
    const body = { name: 'edge', host: '127.0.0.1', ...changes }
    const response = await server.administer('POST', devices, { body })

    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ detail: [{ loc }] })
  })

  it('are for administrators', async () => {
    const token = await server.token('operator', ids.tenantA)

    expect((await server.administer('GET', devices, { token })).status).toBe(200)
    expect((await server.administer('POST', devices, { token, body: {} })).status).toBe(403)
  })
})

describe('tenants over HTTP', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer()
  })
  afterEach(() => server.close())

  const names = async (token?: string) => {
    const response = await server.administer('GET', '', token === undefined ? {} : { token })
    return ((await response.json()) as { name: string }[]).map(({ name }) => name)
  }

  it('are added, renamed and removed once they have no devices', async () => {
    const token = await server.token('super_admin')
    const put = (name: string) => server.administer('PUT', `/${ids.tenantB}`, { token, body: { name } })
    await put('b')
    await put('renamed')
    const key = await server.apiKey(ids.tenantB, ['config:read'])
    expect(await names(token)).toEqual(['tenant a', 'renamed'])

    expect((await server.administer('DELETE', `/${ids.tenantA}`, { token })).status).toBe(409)
    expect((await server.administer('DELETE', `/${ids.tenantB}`, { token })).status).toBe(204)

    expect(await names(token)).toEqual(['tenant a'])
    expect((await server.administer('GET', '', { token: key })).status).toBe(401)
    expect((await server.administer('DELETE', `/${ids.tenantB}`, { token })).status).toBe(404)
  })

  it('are seen by those who belong to them', async () => {
    expect(await names()).toEqual(['tenant a'])
    expect(await names(await server.token('viewer', ids.tenantB))).toEqual([])
  })

  it('have API keys that are shown once, listed without their text, and revoked', async () => {
    const keys = `/${ids.tenantA}/api-keys`
    const body = { name: 'ci', scopes: ['config:read'] }
    const headers = { 'idempotency-key': 'one-key' }
    const made = (await (await server.administer('POST', keys, { body, headers })).json()) as {
      key_id: string
      token: string
    }
    const again = await server.administer('POST', keys, { body, headers })
    const listed = await (await server.administer('GET', keys)).text()

    expect((await server.call('GET', '/backups', { token: made.token })).status).toBe(200)
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ code: 'ANSWER_NOT_KEPT' })
    expect(JSON.parse(listed)).toHaveLength(1)
    expect(listed).not.toContain(made.token)

    expect((await server.administer('DELETE', `${keys}/${made.key_id}`)).status).toBe(204)
    const refused = await server.call('GET', '/backups', { token: made.token })
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    expect(await refused.json()).toMatchObject({ detail: 'Invalid, expired, or revoked API key' })
  })
})
