import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  expectCode,
  InMemorySecretBox,
  sampleBackupRow,
  testIds,
  testScope,
  testSystemScope,
} from '@tod/core/testing'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateToLatest } from '../../src/sql/migrate.js'
import type { Schema } from '../../src/sql/schema.js'
import { openSqlite } from '../../src/sqlite/index.js'
import { sqliteMigrations } from '../../src/sqlite/sqlite-migrations.js'
import { toStorageError } from '../../src/sqlite/to-storage-error.js'
import { startWriter } from '../sql/start-writer.js'

const scope = testScope()
const device = { deviceId: testIds.device1, name: 'n', host: 'h', port: 22 }
let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tod-sqlite-'))
  file = join(directory, 'tod.db')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

describe('openSqlite', () => {
  it('keeps what was written when it is opened again', async () => {
    const first = await openSqlite({ file })
    await first.devices.put(scope, device)
    await first.close()

    const second = await openSqlite({ file })

    expect(await second.devices.find(scope, device.deviceId)).toMatchObject(device)
    await second.close()
  })

  it('writes ahead and waits for the disk', async () => {
    const database = await openSqlite({ file })
    await database.devices.put(scope, device)
    const side = new Database(file)

    expect(side.pragma('journal_mode', { simple: true })).toBe('wal')
    side.close()
    await database.close()
  })

  it('makes its files for the owner alone', async () => {
    const database = await openSqlite({ file })
    await database.devices.put(scope, device)

    for (const name of await readdir(directory)) {
      expect((await stat(join(directory, name))).mode & 0o077, name).toBe(0)
    }
    await database.close()
  })

  it('lets several open a new file at once: one makes the tables', async () => {
    const databases = await Promise.all(Array.from({ length: 6 }, () => openSqlite({ file })))

    await Promise.all(
      databases.map((database, index) => database.devices.put(scope, { ...device, deviceId: `${index}` })),
    )

    expect(await databases[0]?.devices.list(scope)).toHaveLength(6)
    for (const database of databases) await database.close()
  })

  it('answers a check while the database does', async () => {
    const database = await openSqlite({ file })

    await database.check()
    await database.close()
    await expectCode(database.check(), 'STORAGE_UNAVAILABLE')
    await expectCode(database.devices.list(scope), 'STORAGE_UNAVAILABLE')
    await database.close()
  })

  it('brings a file of an older program up to date and keeps what is in it', async () => {
    const side = new Database(file)
    const kysely = new Kysely<Schema>({ dialect: new SqliteDialect({ database: side }) })
    const first = Object.entries(sqliteMigrations).slice(0, 1)
    await migrateToLatest(kysely, Object.fromEntries(first), () => undefined)
    side.prepare(`insert into devices values (?, ?, 'n', 'h', 22, 0)`).run(device.deviceId, scope.tenantId)
    await kysely.destroy()

    const database = await openSqlite({ file })
    await database.devices.put(testScope(testIds.tenantB), device)

    expect(await database.devices.list(scope)).toEqual([{ ...device, tenantId: scope.tenantId }])
    await database.close()
  })

  it('refuses a file that a newer program has written', async () => {
    await (await openSqlite({ file })).close()
    const side = new Database(file)
    side.prepare(`insert into tod_migrations values ('9999-from-the-future', '2099-01-01T00:00:00Z')`).run()
    side.close()

    await expect(openSqlite({ file })).rejects.toMatchObject({ name: 'MigrationFailedError' })
  })

  it('reports a file in a folder that is not there as STORAGE_UNAVAILABLE, without its path', async () => {
    const error = await openSqlite({ file: join(directory, 'missing', 'tod.db') }).catch(
      (caught: unknown) => caught,
    )

    expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
    expect((error as Error).message).not.toContain(directory)
  })
})

describe('a SQLite file that is damaged', () => {
  it('is reported as STORAGE_CORRUPT when it is no database', async () => {
    await writeFile(
      file,
      'this is a text, and long enough to be taken for a header of a database file\n'.repeat(20),
    )

    await expectCode(openSqlite({ file }), 'STORAGE_CORRUPT')
  })

  it('is reported as STORAGE_CORRUPT when its pages are', async () => {
    const database = await openSqlite({ file })
    for (let number = 1; number <= 200; number++) await database.runs.insert(scope, sampleBackupRow(number))
    await database.close()
    const handle = await open(file, 'r+')
    const { size } = await handle.stat()
    // Everything but the first page, which holds the schema and is read at once.
    await handle.write(Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096)
    await handle.close()

    const reading = openSqlite({ file }).then((damaged) => damaged.runs.list(scope, testIds.device1))

    await expectCode(reading, 'STORAGE_CORRUPT')
  })
})

describe('a SQLite file that another process holds', () => {
  it('makes a writer wait without stopping the program, and goes on when it is free', async () => {
    const database = await openSqlite({ file })
    const side = new Database(file)
    side.exec('begin immediate')
    let isWritten = false
    const writing = database.devices.put(scope, device).then(() => {
      isWritten = true
    })

    // Turns of the event loop go by while the writer waits; readers are not held up.
    expect(await database.devices.list(scope).then(() => isWritten)).toBe(false)
    side.exec('commit')
    await writing

    expect(isWritten).toBe(true)
    side.close()
    await database.close()
  })

  it('is reported as STORAGE_UNAVAILABLE, worth another try, when the wait is over', async () => {
    const database = await openSqlite({ file, busyTimeoutMs: 0 })
    const side = new Database(file)
    side.exec('begin immediate')

    await expect(database.devices.put(scope, device)).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      retryable: true,
    })

    side.exec('rollback')
    side.close()
    await database.devices.put(scope, device)
    await database.close()
  })
})

describe('a full SQLite file', () => {
  it('is reported as STORAGE_FULL', () => {
    const full = new Database(join(directory, 'full.db'))
    full.pragma('max_page_count = 3')
    full.exec('create table filler (bytes blob)')

    const fill = (): void => {
      full.prepare('insert into filler values (zeroblob(1000000))').run()
    }

    expect(fill).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }))
    expect(toStorageError(errorOf(fill))).toMatchObject({ code: 'STORAGE_FULL', retryable: true })
    full.close()
  })

  it('takes errors that are not of the database for what they are', () => {
    expect(toStorageError(new TypeError('a mistake'))).toBeUndefined()
  })
})

describe('transactions', () => {
  it('leaves nothing of a write that failed in the middle', async () => {
    const database = await openSqlite({ file })
    const key = { deviceId: null, version: 1, wrappedBy: 'm1', wrapped: Uint8Array.of(1), createdAt: 1 }
    await database.wrappedKeys.addFirst(scope, key)

    await expectCode(
      database.wrappedKeys.rewrap(scope, [
        { ...key, wrappedBy: 'm2' },
        { ...key, version: 2, wrappedBy: 'm2' },
      ]),
      'STORAGE_CONFLICT',
    )

    expect(await database.wrappedKeys.listAll(scope)).toEqual([key])
    await database.close()
  })
})

describe('several processes on one SQLite file', () => {
  it('loses no row, and gives the lock of a device to one at a time', async () => {
    await (await openSqlite({ file })).close()
    const task = { sqliteFile: file, tenantId: scope.tenantId, deviceId: testIds.device1, rows: 25 }

    const writers = await Promise.all([1, 2, 3, 4].map((writer) => startWriter({ ...task, writer })))
    const codes = await Promise.all(writers.map((writer) => writer.ended))

    expect(codes, writers.map((writer) => writer.errors.join('')).join('\n')).toEqual([0, 0, 0, 0])
    const database = await openSqlite({ file })
    const rows = await database.runs.list(scope, testIds.device1, { limit: 1000 })
    expect(rows).toHaveLength(100)
    // Each row carries the fencing token of its lease: no two holders had the same.
    expect(new Set(rows.map((row) => row.createdAt)).size).toBe(100)
    await database.close()
  }, 60_000)

  it('keeps every acknowledged row when writers are killed at any moment', async () => {
    await (await openSqlite({ file })).close()
    const acknowledged: string[] = []
    for (let round = 0; round < 5; round++) {
      const writers = await Promise.all(
        [0, 1].map((index) =>
          startWriter({
            sqliteFile: file,
            tenantId: scope.tenantId,
            deviceId: `${testIds.device1}-${round}-${index}`,
            writer: round * 2 + index,
            rows: 0,
          }),
        ),
      )
      await Promise.all(writers.map((writer) => writer.seen(5 + round)))
      for (const writer of writers) writer.process.kill('SIGKILL')
      for (const writer of writers) await writer.ended
      acknowledged.push(...writers.flatMap((writer) => writer.acknowledged.map((row) => row.commitSha)))
    }

    const side = new Database(file)
    const stored = side.prepare('select commit_sha from backup_runs').pluck().all()

    expect(side.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(acknowledged.length).toBeGreaterThanOrEqual(5 * 2 * 5)
    expect(acknowledged.filter((commitSha) => !stored.includes(commitSha))).toEqual([])
    side.close()
  }, 60_000)
})

describe('what lies on the disk', () => {
  it('is free of credentials, also after they were changed and removed', async () => {
    const database = await openSqlite({ file })
    const credentials = database.credentials(new InMemorySecretBox())
    await credentials.put(scope, 'd', { username: 'backup', password: 'correct horse battery' })
    await credentials.put(scope, 'd', { username: 'backup', privateKey: 'a very private key' })
    await credentials.remove(scope, 'd')

    for (const name of await readdir(directory)) {
      const bytes = await readFile(join(directory, name), 'latin1')
      for (const secret of ['correct horse', 'very private']) expect(bytes.includes(secret), name).toBe(false)
    }
    expect(await database.tenants.list(testSystemScope())).toEqual([])
    await database.close()
  })
})

function errorOf(work: () => void): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('It did not fail.')
}
