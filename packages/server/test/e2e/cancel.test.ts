import type { PushState } from '@tod/core'
import type { VirtualClock } from '@tod/routeros-sim'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ids, openTestServer, type TestServer } from '../test-server.js'
import { typeOnRouter } from '../type-on-router.js'

const principal = { id: 'test', role: 'super_admin', tenantId: null } as const
const config = `# 2026-01-05 09:00:00 by RouterOS 7.16.1
# software id = AB12-CD34
#
# model = RB5009UG+S+
# serial number = HF0000TEST1
/system identity
set name=office
`

interface OperationBody {
  readonly state: string
  readonly open: boolean
  readonly result: { readonly status: string; readonly because: { readonly reason: string } | null } | null
}

describe('POST /operations/{id}/cancel', () => {
  let server: TestServer
  let before: string
  beforeEach(async () => {
    server = await openTestServer({ simulator: { config } })
  })
  afterEach(() => server.close())

  const operation = async (id: string) =>
    (await (await server.call('GET', `/operations/${id}`)).json()) as OperationBody

  /** Restores, cancels when the push comes to a state while time stands still, and waits for the end. */
  async function cancelAt(state: PushState): Promise<{ readonly status: number; readonly id: string }> {
    const { commit_sha: sha } = (await (await server.call('POST', '/backups')).json()) as {
      commit_sha: string
    }
    await typeOnRouter(server.router, '/system identity set name=changed')
    before = server.router.significantText()
    const { local } = server.server
    const scope = await local.guard.enter(principal, ids.tenantA, 'administer')
    const answered = new Promise<{ readonly status: number; readonly id: string }>((resolve, reject) => {
      const unsubscribe = local.tod.ports.events.subscribe(scope, (event) => {
        if (event.type !== 'push' || event.state !== state) return
        unsubscribe()
        const release = (local.clock as VirtualClock).hold()
        server
          .call('POST', `/operations/${event.operationId}/cancel`)
          .then(({ status }) => resolve({ status, id: event.operationId }), reject)
          .finally(release)
      })
    })
    const restored = server.call('POST', '/restore', { body: { commit_sha: sha } })
    const answer = await answered
    await restored
    return answer
  }

  it('stops cleanly before the launch', async () => {
    const { status, id } = await cancelAt('uploading')

    expect(status).toBe(202)
    expect(await operation(id)).toMatchObject({ state: 'aborted', open: false })
    expect(server.router.significantText()).toBe(before)
    expect(server.router.boots).toBe(0)
  })

  it('takes the device back after the launch', async () => {
    const { status, id } = await cancelAt('settling')

    expect(status).toBe(202)
    expect(await operation(id)).toMatchObject({
      state: 'reverted',
      open: false,
      result: { status: 'reverted', because: { reason: 'cancelled' } },
    })
    expect(server.router.significantText()).toBe(before)
  })

  it('says so when there is nothing to cancel any more', async () => {
    const { id } = await cancelAt('uploading')

    const response = await server.call('POST', `/operations/${id}/cancel`)

    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'OPERATION_NOT_RUNNING' })
  })
})
