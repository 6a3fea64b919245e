import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import {
  createPostgresRoles,
  migratePostgres,
  type OpenedDatabase,
  openPostgres,
  type PostgresRoles,
} from '../../src/postgres/index.js'
import { tenantTables } from '../../src/postgres/row-security.js'
import { type PostgresServer, startPostgres } from '../sql/postgres-server.js'
import type { SqlCase } from '../sql/sql-harness.js'

/** One PostgreSQL for a test file, with one database and roles of its own. */
export interface PostgresHarness {
  readonly server: PostgresServer
  readonly database: string
  readonly roles: PostgresRoles
  /** Connection string of the application role. */
  readonly appUrl: string
  readonly ownerUrl: string
}

/** Why there is no PostgreSQL here, or undefined; tests are skipped with it as the message. */
export const postgres = await startPostgres()

/** Registers start and stop of the server with the test file; call it once, at the top. */
export function usePostgres(): {
  readonly harness: () => PostgresHarness
  readonly openCase: () => Promise<SqlCase>
} {
  let harness: PostgresHarness | undefined
  let opened: OpenedDatabase | undefined
  let owner: pg.Client | undefined
  const present = (): PostgresHarness => {
    if (harness === undefined) throw new Error('PostgreSQL has not been started.')
    return harness
  }

  beforeAll(async () => {
    if ('unavailable' in postgres) return
    harness = await prepare(postgres)
  })
  afterAll(async () => {
    await opened?.close()
    await owner?.end()
    if ('unavailable' in postgres) return
    await postgres.stop()
  })
  return {
    harness: present,
    async openCase() {
      const { appUrl, ownerUrl, roles } = present()
      opened ??= await openPostgres({ connectionString: appUrl, ...roles })
      owner ??= await connectClient(ownerUrl)
      const client = owner
      // Many times faster than truncating, for tables of a few rows.
      await client.query(tenantTables.map((table) => `delete from ${table}`).join(';'))
      return {
        database: opened,
        asOwner: async (statement, parameters = []) =>
          (await client.query<Record<string, unknown>>(numbered(statement), [...parameters])).rows,
        close: async () => {},
      }
    },
  }
}

/** A connection of its own; errors of a connection that breaks while idle are not the test's. */
export async function connectClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Makes a database with roles, schema and nothing in it. */
export async function prepare(server: PostgresServer): Promise<PostgresHarness> {
  const suffix = randomBytes(4).toString('hex')
  const roles = { appRole: `app_${suffix}`, systemRole: `system_${suffix}` }
  const appPassword = randomBytes(8).toString('hex')
  const database = await server.createDatabase()
  const ownerUrl = server.adminUrl(database)
  await createPostgresRoles({ connectionString: ownerUrl, appPassword, ...roles })
  server.atEnd(`drop role ${roles.appRole}; drop role ${roles.systemRole}`)
  await migratePostgres({ connectionString: ownerUrl, ...roles })
  const app = new URL(ownerUrl)
  app.username = roles.appRole
  app.password = appPassword
  return { server, database, roles, appUrl: app.toString(), ownerUrl }
}

function numbered(statement: string): string {
  let count = 0
  return statement.replaceAll('?', () => `$${++count}`)
}
