// Latency of what a backup asks of the database, with few and with many rows: one JSON object a line.
// Run: npm --prefix packages/adapters run bench:databases -- [--rows 50000]. Needs a build. PostgreSQL takes part when
// DATABASE_URL names one (as a superuser; a database and roles of its own are made there).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createPostgresRoles, migratePostgres, openPostgres } from '@tod/adapters/postgres'
import { openSqlite } from '@tod/adapters/sqlite'
import { defineTenantGuard } from '@tod/core'
import pg from 'pg'
import '../../../scripts/stop-with-reader.mjs'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '50000' } } })
const devices = 1000
const guard = defineTenantGuard(() => ({ allowed: true }))
const system = guard.openSystemScope('dispatch')
const scope = guard.enterAsSystem(system, 'bench')

function row(number) {
  const commitSha = number.toString(16).padStart(40, '0')
  return {
    id: commitSha,
    tenantId: 'bench',
    deviceId: `device-${number % devices}`,
    commitSha,
    trigger: 'scheduled',
    linesAdded: 1,
    linesRemoved: 1,
    encryptionTier: 1,
    createdAt: 1_760_000_000_000 + number * 1000,
    changed: true,
    exportBytes: 50_000,
    binaryBytes: 100_000,
    routerosVersion: '7.16.1',
    incompleteMenus: [],
    holdsGuard: false,
    sealedExportSha256: new Uint8Array(96),
    pinned: false,
  }
}

async function measure(database, what, rows, count, work) {
  const times = []
  const began = performance.now()
  for (let index = 0; index < count; index++) {
    const start = performance.now()
    await work(index)
    times.push(performance.now() - start)
  }
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const at = (share) => Number(times[Math.floor(times.length * share)].toFixed(3))
  const perSecond = Math.round(count / seconds)
  console.log(
    JSON.stringify({
      name: 'databases',
      database,
      what,
      rows,
      count,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      perSecond,
    }),
  )
}

async function run(name, database) {
  const total = Number(values.rows)
  let rows = 0
  const fill = async (until) => {
    const lane = async () => {
      while (rows < until) await database.runs.insert(scope, row(rows++))
    }
    await Promise.all(Array.from({ length: 8 }, lane))
  }
  for (const size of [1000, total]) {
    await fill(size)
    const device = (index) => `device-${(index * 7919) % devices}`
    await measure(name, 'insert a row', size, 300, () => database.runs.insert(scope, row(rows++)))
    await measure(name, 'newest row of a device', size, 300, (index) =>
      database.runs.newest(scope, device(index)),
    )
    await measure(name, 'list 100 rows of a device', size, 300, (index) =>
      database.runs.list(scope, device(index)),
    )
  }
  await measure(name, 'take and give back a lock', rows, 300, async (index) => {
    const lease = await database.locks.acquire(scope, `device-${index}`, {
      holder: 'b',
      purpose: 'backup',
      leaseMs: 1000,
    })
    await database.locks.release(scope, lease)
  })
  await Promise.all(
    Array.from({ length: 8 }, async (_, lane) => {
      for (let index = lane; index < 10_000; index += 8)
        await database.schedules.setDue(scope, `due-${index}`, index)
    }),
  )
  await measure(name, 'claim 100 of 10000 due devices', 10_000, 100, () =>
    database.schedules.claimDue(system, { now: 20_000, limit: 100, claimMs: 60_000 }),
  )
  await database.close()
}

const directory = mkdtempSync(join(tmpdir(), 'tod-bench-'))
await run('SQLite', await openSqlite({ file: join(directory, 'tod.sqlite') }))
rmSync(directory, { recursive: true, force: true })

const admin = process.env.DATABASE_URL
if (admin !== undefined) {
  const name = `tod_bench_${process.pid}`
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  await client.query(`create database ${name}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  const roles = { appRole: `app_${process.pid}`, systemRole: `system_${process.pid}` }
  await createPostgresRoles({ connectionString: admin, appPassword: 'bench', ...roles })
  await migratePostgres({ connectionString: url.toString(), ...roles })
  const app = new URL(url)
  app.username = roles.appRole
  app.password = 'bench'
  await run('PostgreSQL', await openPostgres({ connectionString: app.toString(), ...roles }))
  await client.query(`drop database ${name} with (force)`)
  await client.query(`drop role ${roles.appRole}; drop role ${roles.systemRole}`)
  await client.end()
}
