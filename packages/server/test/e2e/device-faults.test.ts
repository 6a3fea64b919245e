import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ids, openTestServer, type TestServer } from '../test-server.js'

const principal = { id: 'test', role: 'super_admin', tenantId: null } as const

describe('a device that does not do its part', () => {
  let server: TestServer
  afterEach(() => server.close())

  /** The answer to a backup, which must leave nothing behind. */
  async function failedBackup() {
    const response = await server.call('POST', '/backups')
    const answer = (await response.json()) as { detail: string; code: string }
    expect(await (await server.call('GET', '/backups')).json()).toEqual([])
    return { status: response.status, ...answer }
  }

  async function moveDevice(port: number) {
    const { local } = server.server
    const scope = await local.guard.enter(principal, ids.tenantA, 'administer')
    await local.database.devices.put(scope, { deviceId: ids.device, name: 'gw', host: '127.0.0.1', port })
    return scope
  }

  it('and refuses the connection is a 502 that says so', async () => {
    server = await openTestServer()
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const address = closed.address()
    await new Promise((resolve) => closed.close(resolve))
    await moveDevice(typeof address === 'object' && address !== null ? address.port : 0)

    const answer = await failedBackup()

    expect(answer).toMatchObject({ status: 502, code: 'DEVICE_UNREACHABLE' })
    expect(answer.detail).toMatch(/^Backup failed: /)
  })

  it('and refuses the password is a 502 without the password in it', async () => {
    server = await openTestServer()
    const { local } = server.server
    const scope = await local.guard.enter(principal, ids.tenantA, 'administer')
    await local.credentials.put(scope, ids.device, { username: 'admin', password: 'hunter2-wrong' })

    const answer = await failedBackup()

    expect(answer).toMatchObject({ status: 502, code: 'DEVICE_AUTH_FAILED' })
    expect(JSON.stringify([answer, server.logLines])).not.toContain('hunter2-wrong')
  })

  it('and shows another host key is refused until the key is accepted', async () => {
    server = await openTestServer()
    const scope = await moveDevice(server.router.listeners[0]?.port ?? 0)
    const { hostKeys } = server.server.local.database
    const fingerprint = `SHA256:${'A'.repeat(43)}`
    await hostKeys.replace(scope, {
      deviceId: ids.device,
      algorithm: 'ssh-rsa',
      fingerprint,
      pinnedAt: 0,
      pinnedBy: 'test',
    })

    expect(await failedBackup()).toMatchObject({ status: 502, code: 'HOST_KEY_CHANGED' })

    await hostKeys.forget(scope, ids.device)
    expect((await server.call('POST', '/backups')).status).toBe(201)
  })

  it('and sends half an export leaves no revision', async () => {
    server = await openTestServer({ simulator: { faults: ['truncate-export@byte=40'] } })

    expect(await failedBackup()).toMatchObject({ status: 502, code: 'EXPORT_INCOMPLETE' })
  })

  it('and has no credentials with us is a 404', async () => {
    server = await openTestServer()
    const { local } = server.server
    const scope = await local.guard.enter(principal, ids.tenantA, 'administer')
    await local.credentials.remove(scope, ids.device)

    expect(await failedBackup()).toMatchObject({ status: 404, code: 'CREDENTIALS_NOT_FOUND' })
  })
})
