import { SshTransport } from '@tod/adapters/ssh'
import { afterEach, describe, expect, it } from 'vitest'
import { ids, openTestServer, type TestServer } from '../test-server.js'

const principal = { id: 'test', role: 'super_admin', tenantId: null } as const
const login = { username: 'admin', password: 'correct horse battery' }
const way = { ingressInterface: 'ether1', destinationAddress: '192.0.2.1' }

const config = `# 2026-01-05 09:00:00 by RouterOS 7.16.1
# software id = AB12-CD34
#
# model = RB5009UG+S+
# serial number = HF0000TEST1
/ip address
add address=192.0.2.1/24 interface=ether1 network=192.0.2.0
/system identity
set name=office
`

/** The router is reached from two places; the device of ours uses the first. */
const simulator = {
  config,
  listeners: [
    { name: 'office', sourceAddress: '192.0.2.10', ...way },
    { name: 'home', sourceAddress: '192.0.2.20', ...way },
  ],
}

interface ResultBody {
  readonly status: string
  readonly converged: boolean
  readonly operation_id: string
  readonly pre_backup_sha: string
  readonly lockout: { readonly verdict: string } | null
  readonly timeline: readonly { readonly state: string }[]
  readonly rolled_back_to?: string
}

describe('a restore over HTTP', () => {
  let server: TestServer
  afterEach(() => server.close())

  const portOf = (name: string) => server.router.listeners.find((one) => one.name === name)?.port ?? 0

  /** Runs a command on the router as a person would, from home. */
  async function run(command: string) {
    const connection = await new SshTransport().connect({
      deviceId: ids.device,
      host: '127.0.0.1',
      port: portOf('home'),
      credentials: login,
      verifyHostKey: async () => {},
    })
    await connection.exec(command)
    await connection.close()
  }
  async function reachBy(name: string) {
    const { local } = server.server
    const scope = await local.guard.enter(principal, ids.tenantA, 'administer')
    await local.database.devices.put(scope, {
      deviceId: ids.device,
      name: 'gw',
      host: '127.0.0.1',
      port: portOf(name),
    })
  }
  async function backUp(): Promise<string> {
    const response = await server.call('POST', '/backups')
    return ((await response.json()) as { commit_sha: string }).commit_sha
  }
  /** A stored revision under which the office cannot log in any more. */
  async function storeLockout(): Promise<string> {
    await reachBy('home')
    await run('/ip service set ssh address=192.0.2.20/32')
    const sha = await backUp()
    await run('/ip service set ssh address=""')
    await reachBy('office')
    return sha
  }

  it('is committed, and the operation can be read afterwards', async () => {
    server = await openTestServer({ simulator })
    const sha = await backUp()
    await run('/system identity set name=changed')

    const response = await server.call('POST', '/restore', { body: { commit_sha: sha } })
    const result = (await response.json()) as ResultBody
    const operation = await server.call('GET', `/operations/${result.operation_id}`)

    expect(response.status).toBe(200)
    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(await operation.json()).toMatchObject({
      state: 'committed',
      open: false,
      result: { status: 'committed' },
    })
    expect(server.router.exportText()).toContain('name=office')
    expect(server.router.schedulers()).toEqual([])
  })

  it('goes back by itself when it locks us out, with status 200 and the truth', async () => {
    server = await openTestServer({ simulator })
    const sha = await storeLockout()
    const before = server.router.significantText()

    const response = await server.call('POST', '/restore', { body: { commit_sha: sha } })
    const result = (await response.json()) as ResultBody

    expect(response.status).toBe(200)
    expect(result).toMatchObject({ status: 'reverted', converged: false, lockout: { verdict: 'lockout' } })
    expect(server.router.significantText()).toBe(before)
  })

  it('is refused with 409 before anything is touched when asked to refuse a lockout', async () => {
    server = await openTestServer({ simulator })
    const sha = await storeLockout()

    const body = { commit_sha: sha, on_lockout: 'refuse' }
    const response = await server.call('POST', '/restore', { body })

    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'LOCKOUT_REFUSED' })
    expect(server.router.schedulers()).toEqual([])
  })

  it('asks the request, then the tenant, then the server what to do about a lockout', async () => {
    server = await openTestServer({ simulator, env: { TOD_ON_LOCKOUT: 'refuse' } })
    const sha = await storeLockout()
    const { local } = server.server
    const scope = await local.guard.enter(principal, ids.tenantA, 'administer')
    const restore = (onLockout?: string) =>
      server.call('POST', '/restore', {
        body: { commit_sha: sha, ...(onLockout === undefined ? {} : { on_lockout: onLockout }) },
      })

    const byServer = await restore()
    await local.database.settings.put(scope, { onLockout: 'proceed' })
    const byRequest = await restore('refuse')
    const byTenant = await restore()

    expect([byServer.status, byRequest.status, byTenant.status]).toEqual([409, 409, 200])
    expect(await byTenant.json()).toMatchObject({ status: 'reverted', lockout: { verdict: 'lockout' } })
  })

  it('is refused with 409 when the router changed since the preview', async () => {
    server = await openTestServer({ simulator })
    const sha = await backUp()
    await run('/system identity set name=changed')
    const preview = (await (
      await server.call('POST', '/preview-restore', { body: { commit_sha: sha } })
    ).json()) as { plan_hash: string; source: { kind: string } }
    await run('/system identity set name=changed-again')

    const body = { commit_sha: sha, expected_plan_hash: preview.plan_hash }
    const response = await server.call('POST', '/restore', { body })

    expect(preview.source.kind).toBe('live')
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'DEVICE_CHANGED' })
  })

  it('previews against the newest backup when the router cannot be reached', async () => {
    server = await openTestServer({ simulator })
    const sha = await backUp()
    await server.router.stop()

    const response = await server.call('POST', '/preview-restore', { body: { commit_sha: sha } })

    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      source: { kind: 'backup', commit_sha: sha },
      diff: { added: 0, removed: 0, modified: 0 },
    })
  })

  it('rolls back, and a second click does not bring the broken configuration back', async () => {
    server = await openTestServer({ simulator })
    const good = await backUp()
    await run('/system identity set name=other')
    const other = await backUp()
    await server.call('POST', '/restore', { body: { commit_sha: good } })
    await server.call('POST', '/restore', { body: { commit_sha: other } })

    const first = (await (await server.call('POST', '/emergency-rollback')).json()) as ResultBody
    const second = (await (await server.call('POST', '/emergency-rollback')).json()) as ResultBody

    expect(first.status).toBe('committed')
    expect(second.rolled_back_to).toBe(first.rolled_back_to)
    expect(server.router.exportText()).toContain('name=office')
  })

  it('answers 202 when asked to, and tells its stages on the event stream', async () => {
    server = await openTestServer({ simulator })
    const sha = await backUp()
    await run('/system identity set name=changed')
    const token = await server.token('operator', ids.tenantA)
    const issued = await fetch(`${server.server.url}/api/auth/sse-token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    })
    const { token: streamToken } = (await issued.json()) as { token: string }
    const stream = `${server.server.url}/api/tenants/${ids.tenantA}/events/stream?token=${streamToken}`
    const events = await fetch(stream)

    const response = await server.call('POST', '/restore', {
      body: { commit_sha: sha },
      headers: { prefer: 'respond-async' },
    })
    const accepted = (await response.json()) as { operation_id: string; href: string }
    const stages: string[] = []
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (reader !== undefined && !stages.includes('committed')) {
      text += (await reader.read()).value ?? ''
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data: ')) stages.push((JSON.parse(line.slice(6)) as { stage: string }).stage)
      }
    }
    await reader?.cancel()

    expect(response.status).toBe(202)
    expect(response.headers.get('location')).toBe(accepted.href)
    expect([...new Set(stages)]).toEqual([
      'started',
      'backing_up',
      'pushing',
      'settling',
      'verifying',
      'committed',
    ])
    expect((await fetch(stream)).status).toBe(401)
  })

  it('runs a POST once for one idempotency key', async () => {
    server = await openTestServer({ simulator })
    const headers = { 'idempotency-key': 'one-backup' }

    const first = await (await server.call('POST', '/backups', { headers })).json()
    const again = await server.call('POST', '/backups', { headers })

    expect(await again.json()).toEqual(first)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(((await (await server.call('GET', '/backups')).json()) as unknown[]).length).toBe(1)
  })

  it('goes on when the client goes away', async () => {
    // Slow in the router's time, so that there is a while in which to go away.
    server = await openTestServer({ simulator: { ...simulator, faults: ['slow-export:2000'] } })
    const gone = new AbortController()
    const url = `${server.server.url}/api/tenants/${ids.tenantA}/devices/${ids.device}/config/backups`
    const headers = { authorization: `Bearer ${await server.token('operator', ids.tenantA)}` }
    const call = fetch(url, { method: 'POST', headers, signal: gone.signal }).catch(() => 'gone')
    // Looked for often: a backup of a small router takes less than a tenth of a second.
    await expect
      .poll(() => server.router.connections().length, { timeout: 25_000, interval: 2 })
      .toBeGreaterThan(0)
    gone.abort()
    expect(await call).toBe('gone')

    await expect
      .poll(async () => ((await (await server.call('GET', '/backups')).json()) as unknown[]).length, {
        timeout: 25_000,
      })
      .toBe(1)
  })
})
