import { expectCode, testIds, testScope } from '@tod/core/testing'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { migratePostgres, type OpenedDatabase, openPostgres } from '../../src/postgres/index.js'
import { startWriter } from '../sql/start-writer.js'
import { connectClient, postgres, prepare, usePostgres } from './postgres-harness.js'

const { openCase, harness } = usePostgres()
const scope = testScope()
const device = { deviceId: testIds.device1, name: 'n', host: 'h', port: 22 }

if ('unavailable' in postgres) {
  const { unavailable } = postgres
  describe('PostgreSQL', () => {
    it.skip(`stands faults (${unavailable})`, () => {})
  })
} else {
  describe('a PostgreSQL connection', describeConnection)
  describe('migrations of PostgreSQL', describeMigrations)
  describe('several processes on one PostgreSQL', describeProcesses)
}

function describeConnection(): void {
  let database: OpenedDatabase
  let owner: pg.Client

  beforeAll(async () => {
    await openCase()
    const { appUrl, roles, ownerUrl } = harness()
    database = await openPostgres({
      connectionString: appUrl,
      ...roles,
      poolSize: 3,
      statementTimeoutMs: 5000,
      lockTimeoutMs: 200,
      connectTimeoutMs: 5000,
    })
    owner = await connectClient(ownerUrl)
  })
  afterAll(async () => {
    await database.close()
    await owner.end()
  })
  beforeEach(async () => {
    await owner.query('delete from devices; delete from tenants')
  })

  it('is replaced when the server has cut it', async () => {
    await Promise.all(Array.from({ length: 3 }, () => database.devices.list(scope)))
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${harness().roles.appRole}'`,
    )

    const stored = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        database.devices.put(scope, { ...device, deviceId: `${index}` }),
      ),
    )

    expect(stored).toHaveLength(6)
    expect(await database.devices.list(scope)).toHaveLength(6)
  })

  it('is reported as STORAGE_UNAVAILABLE, worth another try, when it breaks in the middle of a write', async () => {
    await owner.query('begin; lock table devices')
    const writing = database.devices.put(scope, device)
    const outcome = expect(writing).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', retryable: true })
    await untilWaiting(owner)
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${harness().roles.appRole}'`,
    )
    await owner.query('rollback')

    await outcome
    expect(await database.devices.list(scope)).toEqual([])
  })

  it('gives up waiting for a lock, undoes the write, and is of use afterwards', async () => {
    await owner.query('begin; lock table devices')

    await expectCode(database.devices.put(scope, device), 'STORAGE_UNAVAILABLE')
    await owner.query('rollback')

    expect(await database.tenants.find(scope)).toBeUndefined()
    await database.devices.put(scope, device)
  })

  it('gives up a statement that takes too long, undoes the write, and is of use afterwards', async () => {
    const { appUrl, roles } = harness()
    const limits = { statementTimeoutMs: 100, lockTimeoutMs: 60_000 }
    const hasty = await openPostgres({ connectionString: appUrl, ...roles, ...limits })
    await owner.query('begin; lock table devices')

    await expectCode(hasty.devices.put(scope, device), 'STORAGE_UNAVAILABLE')
    await owner.query('rollback')

    expect(await hasty.tenants.find(scope)).toBeUndefined()
    await hasty.devices.put(scope, device)
    await hasty.close()
  })

  it('gives up waiting when all connections are busy', async () => {
    await owner.query('begin; lock table devices')
    const busy = Array.from({ length: 8 }, () => database.devices.list(scope))

    const outcomes = await Promise.allSettled(busy)
    await owner.query('rollback')

    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'STORAGE_UNAVAILABLE' } })
    }
    expect(await database.devices.list(scope)).toEqual([])
  })

  it('cannot be had where no server listens', async () => {
    const url = new URL(harness().appUrl)
    url.port = '1'

    await expectCode(openPostgres({ connectionString: url.toString() }), 'STORAGE_UNAVAILABLE')
  })

  it('cannot be had with a wrong password, and the error does not tell it', async () => {
    const url = new URL(harness().appUrl)
    url.password = 'not-the-password'

    const error = await openPostgres({ connectionString: url.toString() }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
    expect(`${(error as Error).message} ${String((error as Error).cause)}`).not.toContain('not-the-password')
  })

  it('answers a check, and says when it is closed', async () => {
    const own = await openPostgres({ connectionString: harness().appUrl, ...harness().roles })

    await own.check()
    await own.close()
    await own.close()

    await expectCode(own.check(), 'STORAGE_UNAVAILABLE')
    await expectCode(own.devices.list(scope), 'STORAGE_UNAVAILABLE')
  })
}

function describeMigrations(): void {
  it('are done once when several start at once, and then find nothing to do', async () => {
    const { server, roles } = harness()
    const connectionString = server.adminUrl(await server.createDatabase())

    const done = await Promise.all(
      Array.from({ length: 4 }, () => migratePostgres({ connectionString, ...roles })),
    )

    expect(done.filter((names) => names.length > 0)).toHaveLength(1)
    expect(await migratePostgres({ connectionString, ...roles })).toEqual([])
  })

  it('are asked for when a server meets an older schema, and a newer one is refused', async () => {
    const { server, roles, appUrl } = harness()
    const empty = new URL(appUrl)
    empty.pathname = `/${await server.createDatabase()}`
    const migrated = await prepare(server)
    const owner = await connectClient(migrated.ownerUrl)
    await owner.query(`insert into tod_migrations values ('9999-from-the-future', '2099-01-01T00:00:00Z')`)
    await owner.end()

    await expect(openPostgres({ connectionString: empty.toString(), ...roles })).rejects.toThrow(/older/)
    await expect(openPostgres({ connectionString: migrated.appUrl, ...migrated.roles })).rejects.toThrow(
      /newer/,
    )
  })

  it('leave nothing behind when one fails', async () => {
    const { server, roles } = harness()
    const connectionString = server.adminUrl(await server.createDatabase())
    const owner = await connectClient(connectionString)
    await owner.query('create table wrapped_keys (in_the_way int)')

    await expect(migratePostgres({ connectionString, ...roles })).rejects.toMatchObject({
      name: 'MigrationFailedError',
    })

    const { rows } = await owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
    expect(rows.map((row) => row.name).filter((name) => !name.startsWith('tod_'))).toEqual(['wrapped_keys'])
    await owner.end()
  })
}

function describeProcesses(): void {
  it('keep every acknowledged row when they are killed, and none holds a lock another has', async () => {
    await openCase()
    const { appUrl, roles, ownerUrl } = harness()
    const task = {
      postgres: { connectionString: appUrl, ...roles },
      tenantId: scope.tenantId,
      deviceId: testIds.device1,
      rows: 0,
    }

    const writers = await Promise.all([1, 2, 3].map((writer) => startWriter({ ...task, writer })))
    await Promise.race(writers.map((writer) => writer.seen(30)))
    for (const writer of writers) writer.process.kill('SIGKILL')
    for (const writer of writers) await writer.ended

    const acknowledged = writers.flatMap((writer) => writer.acknowledged)
    const owner = await connectClient(ownerUrl)
    const { rows } = await owner.query<{ sha: string; token: string }>(
      'select commit_sha as sha, created_at as token from backup_runs',
    )
    await owner.end()
    const stored = new Map(rows.map((row) => [row.sha, Number(row.token)]))
    expect(acknowledged.length).toBeGreaterThanOrEqual(30)
    expect(acknowledged.filter((row) => stored.get(row.commitSha) !== row.fencingToken)).toEqual([])
    expect(new Set(rows.map((row) => row.token)).size).toBe(rows.length)
  }, 60_000)
}

/** Until a statement waits for a lock. */
async function untilWaiting(owner: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await owner.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)
    if (rows.length > 0) return
  }
}
