import { openPostgres } from '@tod/adapters/postgres'
import { samplePushRecord } from '@tod/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgres, usePostgres } from '../../../adapters/test/postgres/postgres-harness.js'
import type { Route } from '../../src/http/route.js'
import { contractRoutes, ownRoutes } from '../../src/routes/index.js'
import { ids, openTestServer, type TestServer } from '../test-server.js'

/** Ids that a request can name; those of tenant A's things, or others of the same shape that nothing has. */
interface Named {
  readonly device_id: string
  readonly commit_sha: string
  readonly operation_id: string
  readonly key_id: string
}

const nothing: Named = {
  device_id: ids.unknown,
  commit_sha: '0123456789abcdef0123456789abcdef01234567',
  operation_id: 'e0000000-0000-4000-8000-00000000000e',
  key_id: 'c0000000-0000-4000-8000-00000000000c',
}

/** A right body for each route that takes one, by the last part of its path. */
const bodies: Readonly<Record<string, (named: Named) => unknown>> = {
  'post backups': () => ({}),
  'post checkpoint': () => ({}),
  'post preview-restore': ({ commit_sha }) => ({ commit_sha }),
  'post restore': ({ commit_sha }) => ({ commit_sha }),
  'post emergency-rollback': () => ({}),
  'put schedules': () => ({ cron_expression: '0 3 * * *', enabled: true }),
  'post cancel': () => ({}),
  'post devices': ({ device_id }) => ({ device_id, name: 'n', host: '192.0.2.1' }),
  'patch {device_id}': () => ({ name: 'taken over' }),
  'put host-key': () => ({ algorithm: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` }),
  'put {tenant_id}': () => ({ name: 'taken over' }),
  'post api-keys': () => ({ name: 'n', scopes: ['config:read'] }),
}

const routes = [...contractRoutes, ...ownRoutes]
const nameOf = (route: Route) => `${route.method} ${route.path.split('/').at(-1)}`
const { harness } = usePostgres()
const databases = [
  ['SQLite', async () => ({})],
  [
    'PostgreSQL',
    async () => {
      const { appUrl, roles } = harness()
      return { database: await openPostgres({ connectionString: appUrl, ...roles }) }
    },
  ],
] as const

it('has a body for every route that takes one', () => {
  const taking = routes.filter((route) => route.body !== undefined).map(nameOf)
  expect(Object.keys(bodies).sort()).toEqual(taking.sort())
})

describe.each(databases)('routes asked by another tenant (%s)', (database, openParts) => {
  const reason = database === 'PostgreSQL' && 'unavailable' in postgres ? postgres.unavailable : undefined
  let server: TestServer
  let ofTenantA: Named

  beforeAll(async () => {
    if (reason !== undefined) return
    server = await openTestServer({ parts: await openParts() })
    const token = await server.token('tenant_admin', ids.tenantA)
    const created = await (await server.call('POST', '/checkpoint', { token })).json()
    const body = { commit_sha: (created as { commit_sha: string }).commit_sha }
    const { guard, database } = server.server.local
    const scope = guard.enterAsSystem(guard.openSystemScope('maintenance'), ids.tenantA)
    const record = samplePushRecord({ tenantId: ids.tenantA, deviceId: ids.device })
    await database.journal.open(scope, record, { state: 'locked', at: 1, message: 'm' }, 1)
    const key = await (
      await ask(ids.tenantA, 'post', '/api-keys', token, bodies['post api-keys']?.(nothing))
    ).json()
    ofTenantA = {
      device_id: ids.device,
      ...body,
      operation_id: record.operationId,
      key_id: (key as { key_id: string }).key_id,
    }
    for (const id of Object.values(ofTenantA)) expect(id).toMatch(/^[0-9a-f-]{36,40}$/)
  })
  afterAll(() => server?.close())

  const ask = (tenantId: string, method: string, path: string, token: string, body: unknown) =>
    fetch(`${server.server.url}/api/tenants/${tenantId}${path}`, {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  /** The answer, with the ids that were asked for and the request's own left out. */
  async function answerTo(route: Route, tenantId: string, token: string, named: Named): Promise<unknown> {
    let path = route.path.replace('/api/tenants/{tenant_id}', '')
    for (const [name, id] of Object.entries(named)) path = path.replace(`{${name}}`, id)
    const body = bodies[nameOf(route)]?.(named)
    const response = await ask(tenantId, route.method, path, token, body)
    let text = await response.text()
    for (const [name, id] of Object.entries(named)) text = text.replaceAll(id, name)
    const ownIds = /"(request_id|key_id|token|created_at)":"[^"]*"/g
    return { status: response.status, text: text.replace(ownIds, '"$1":""') }
  }

  /** The answer in tenant B's address; tenant B is there each time, also after it was asked to be deleted. */
  async function answerFromOwn(route: Route, token: string, named: Named): Promise<unknown> {
    const { guard, database } = server.server.local
    const scope = guard.enterAsSystem(guard.openSystemScope('maintenance'), ids.tenantB)
    await database.tenants.put(scope, { name: 'tenant b' })
    return answerTo(route, ids.tenantB, token, named)
  }

  /** All that tenant A can see of its own. */
  async function stateOfTenantA(): Promise<readonly string[]> {
    const token = await server.token('tenant_admin', ids.tenantA)
    const device = `/devices/${ids.device}`
    const paths = [
      '/devices',
      '/api-keys',
      ...['backups', 'operations', 'schedules'].map((last) => `${device}/config/${last}`),
    ]
    return Promise.all(
      paths.map(async (path) => (await ask(ids.tenantA, 'get', path, token, undefined)).text()),
    )
  }

  it
    .skipIf(reason !== undefined)
    .each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s tells and changes nothing',
    async (_name, route) => {
      const before = await stateOfTenantA()
      const stranger = await server.token('tenant_admin', ids.tenantB)
      const anyone = await server.token('super_admin')

      // In tenant A's own address: refused, whether there is such a thing or not.
      const refused = await answerTo(route, ids.tenantA, stranger, ofTenantA)
      expect(refused).toMatchObject({ status: 403 })
      expect(await answerTo(route, ids.tenantA, stranger, nothing)).toEqual(refused)
      // In its own address, with tenant A's ids: as if nobody had such a thing.
      for (const token of [stranger, anyone]) {
        const asked = await answerFromOwn(route, token, ofTenantA)
        expect(asked).toEqual(await answerFromOwn(route, token, nothing))
      }
      expect(await stateOfTenantA()).toEqual(before)
    },
  )
})
