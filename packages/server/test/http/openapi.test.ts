import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openapiPage } from '../../src/http/openapi.js'
import { contractRoutes, ownRoutes } from '../../src/routes/index.js'
import { otherRoutes } from '../../src/routes/other-routes.js'
import { ids, openTestServer, type TestServer } from '../test-server.js'

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly responses: Readonly<Record<string, unknown>>
  readonly requestBody?: { readonly required: boolean }
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>

describe('the OpenAPI page', () => {
  let server: TestServer
  let paths: Paths

  beforeAll(async () => {
    server = await openTestServer()
    const page = await fetch(`${server.server.url}/openapi.json`)
    paths = ((await page.json()) as { paths: Paths }).paths
  })
  afterAll(() => server.close())

  it('is what the schemas of the routes give', () => {
    const made = openapiPage([...contractRoutes, ...ownRoutes], otherRoutes, 'any')

    expect(JSON.parse(JSON.stringify(made.paths))).toEqual(paths)
  })

  it('has the ten routes of the contract, with their success', () => {
    const config = '/api/tenants/{tenant_id}/devices/{device_id}/config'
    const success = Object.entries(paths)
      .filter(([path]) => path.startsWith(config) && !path.includes('/operations'))
      .flatMap(([path, operations]) =>
        Object.entries(operations).map(
          ([method, { responses }]) =>
            `${method} ${path.slice(config.length)} ${Object.keys(responses).join()}`,
        ),
      )

    expect(success.sort()).toEqual([
      'get /backups 200,default',
      'get /backups/{commit_sha}/binary 200,default',
      'get /backups/{commit_sha}/export 200,default',
      'get /schedules 200,default',
      'post /backups 201,default',
      'post /checkpoint 200,default',
      'post /emergency-rollback 200,202,default',
      'post /preview-restore 200,default',
      'post /restore 200,202,default',
      'put /schedules 200,default',
    ])
  })

  it('names every parameter of every path, and each path is there', async () => {
    const token = await server.token('super_admin')
    for (const [path, operations] of Object.entries(paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      for (const [method, { parameters }] of Object.entries(operations)) {
        expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath)
        const address = path.replace(/\{\w+\}/g, ids.unknown)
        const response = await fetch(`${server.server.url}${address}`, {
          method: method.toUpperCase(),
          headers: { authorization: `Bearer ${token}` },
        })
        expect(await response.text(), `${method} ${path}`).not.toContain('"NOT_FOUND"')
      }
    }
  })

  it('says of a body whether it may be left out', () => {
    const config = '/api/tenants/{tenant_id}/devices/{device_id}/config'

    expect(paths[`${config}/restore`]?.post?.requestBody?.required).toBe(true)
    expect(paths[`${config}/backups`]?.post?.requestBody?.required).toBe(false)
  })
})
