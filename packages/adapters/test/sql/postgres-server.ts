import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { findPostgresBinaries, startPostgresBinaries } from './postgres-binaries.js'

/** A PostgreSQL that tests may make databases in: one named by `DATABASE_URL`, or one of our own for this test file. */
export interface PostgresServer {
  /** Connection string of a superuser, for the named database. */
  adminUrl(database?: string): string
  /** Makes an empty database with a name of its own and returns the name. */
  createDatabase(): Promise<string>
  /** Has a statement run when the server is given back, after its databases are gone. */
  atEnd(statement: string): void
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL, or returns why it cannot be had here. Only absent binaries are such a reason: a server that is
 * there and does not start is a failure.
 */
export async function startPostgres(): Promise<PostgresServer | { readonly unavailable: string }> {
  const given = process.env.DATABASE_URL
  if (given !== undefined && given !== '') return serverAt(given, async () => {})
  const binaries = await findPostgresBinaries()
  if (binaries === undefined)
    return { unavailable: 'no PostgreSQL binaries for this machine, and no DATABASE_URL' }
  const running = await startPostgresBinaries(binaries)
  return serverAt(running.url, () => running.stop())
}

function serverAt(url: string, stop: () => Promise<void>): PostgresServer {
  const created: string[] = []
  const lastStatements: string[] = []
  const asAdmin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  return {
    adminUrl(database) {
      const parsed = new URL(url)
      if (database !== undefined) parsed.pathname = `/${database}`
      return parsed.toString()
    },
    async createDatabase() {
      const name = `tod_test_${randomBytes(6).toString('hex')}`
      await asAdmin(`create database ${name}`)
      created.push(name)
      return name
    },
    atEnd(statement) {
      lastStatements.push(statement)
    },
    async stop() {
      for (const name of created) await asAdmin(`drop database if exists ${name} with (force)`)
      for (const statement of lastStatements) await asAdmin(statement)
      await stop()
    },
  }
}
