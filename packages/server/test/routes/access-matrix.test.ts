import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids, openTestServer, type TestServer } from '../test-server.js'

/** The ten routes, each asked for something that succeeds for who may. */
const routes = [
  { name: 'GET /backups', method: 'GET', path: () => '/backups' },
  { name: 'POST /backups', method: 'POST', path: () => '/backups' },
  { name: 'POST /checkpoint', method: 'POST', path: () => '/checkpoint' },
  { name: 'GET /backups/{sha}/export', method: 'GET', path: (sha: string) => `/backups/${sha}/export` },
  { name: 'GET /backups/{sha}/binary', method: 'GET', path: (sha: string) => `/backups/${sha}/binary` },
  { name: 'POST /preview-restore', method: 'POST', path: () => '/preview-restore', takesSha: true },
  { name: 'POST /restore', method: 'POST', path: () => '/restore', takesSha: true },
  { name: 'POST /emergency-rollback', method: 'POST', path: () => '/emergency-rollback' },
  { name: 'GET /schedules', method: 'GET', path: () => '/schedules' },
  { name: 'PUT /schedules', method: 'PUT', path: () => '/schedules', takesSchedule: true },
] as const

const principals = [
  { name: 'none', token: async () => null },
  { name: 'viewer', token: (server: TestServer) => server.token('viewer', ids.tenantA) },
  { name: 'operator', token: (server: TestServer) => server.token('operator', ids.tenantA) },
  {
    name: 'api_key, both scopes',
    token: (server: TestServer) => server.apiKey(ids.tenantA, ['config:read', 'config:write']),
  },
  { name: 'api_key, no scope', token: (server: TestServer) => server.apiKey(ids.tenantA, []) },
  { name: 'tenant_admin', token: (server: TestServer) => server.token('tenant_admin', ids.tenantA) },
  {
    name: 'tenant_admin of another',
    token: (server: TestServer) => server.token('tenant_admin', ids.tenantB),
  },
  { name: 'super_admin', token: (server: TestServer) => server.token('super_admin') },
] as const

describe('the ten routes for each kind of principal', () => {
  let server: TestServer
  let sha: string

  beforeAll(async () => {
    server = await openTestServer()
    const created = (await (await server.call('POST', '/checkpoint')).json()) as { commit_sha: string }
    sha = created.commit_sha
  })
  afterAll(() => server.close())

  it('answer as the table in the documentation says', async () => {
    const rows: string[][] = []
    for (const route of routes) {
      const row: string[] = [route.name]
      for (const principal of principals) {
        const body = 'takesSha' in route ? { commit_sha: sha } : undefined
        const schedule =
          'takesSchedule' in route ? { cron_expression: '0 3 * * *', enabled: true } : undefined
        const response = await server.call(route.method, route.path(sha), {
          token: await principal.token(server),
          body: body ?? schedule,
        })
        await response.arrayBuffer()
        row.push(String(response.status))
      }
      rows.push(row)
    }

    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
    const titles = ['route', ...principals.map(({ name }) => name)]
    const table = [titles, titles.map(() => '---'), ...rows].map(line).join('')
    const text = `# Who gets what\n\nThe answers of the ten routes to each kind of principal of tenant A, asked for a device of tenant A. Made by a test.\n\n${table}`
    await expect(text).toMatchFileSnapshot('../../../../docs/access-matrix.md')
  })
})
