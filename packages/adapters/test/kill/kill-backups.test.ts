import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '@tod/routeros-sim'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectClient, postgres, usePostgres } from '../postgres/postgres-harness.js'
import { type InstallationPlace, openInstallation } from './installation.js'
import { killBackups } from './kill-backups.js'

/** A small sample; `TOD_KILLS=300` makes the full run (`npm run soak:backups`). */
const kills = Number(process.env.TOD_KILLS ?? 6)
const seed = Number(process.env.TOD_SEED ?? 20_260_105)
const timeoutMs = 60_000 + kills * 15_000
const config =
  '/interface bridge\nadd name=bridge1\n/ip address\nadd address=192.0.2.1/24 interface=bridge1\n'
const { harness } = usePostgres()

let repositories: string
beforeEach(async () => {
  repositories = await mkdtemp(join(tmpdir(), 'tod-kill-'))
})
afterEach(() => rm(repositories, { recursive: true, force: true }))

describe('processes that are killed in the middle of backups, with retention, packing and git gc beside them', () => {
  it(
    'lose nothing that was acknowledged, and rows and commits agree (SQLite)',
    async () => {
      const sqliteFile = join(repositories, 'tod.sqlite')

      await killOn({ repositories, sqliteFile }, async () => {
        const side = new Database(sqliteFile)
        side.exec('update device_locks set expires_at = 1')
        side.close()
      })
    },
    timeoutMs,
  )

  const unavailable = 'unavailable' in postgres ? ` (${postgres.unavailable})` : ''
  it.skipIf(unavailable !== '')(
    `lose nothing that was acknowledged, and rows and commits agree (PostgreSQL)${unavailable}`,
    async () => {
      const { appUrl, ownerUrl, roles } = harness()
      const owner = await connectClient(ownerUrl)
      try {
        await killOn({ repositories, postgres: { connectionString: appUrl, ...roles } }, async () => {
          await owner.query('update device_locks set expires_at = 1')
        })
      } finally {
        await owner.end()
      }
    },
    timeoutMs,
  )
})

async function killOn(place: InstallationPlace, expireLeases: () => Promise<void>): Promise<void> {
  const simulator = await startSimulator({
    config,
    user: 'admin',
    password: 'secret',
    fleet: 3,
    clock: 'real',
  })
  try {
    const routers = new Map(simulator.routers.map((router, index) => [`device-${index}`, router]))
    const installation = await openInstallation(place)
    for (const [deviceId, router] of routers) {
      const port = router.listeners[0]?.port ?? 0
      await installation.database.devices.put(installation.scope, {
        deviceId,
        name: deviceId,
        host: '127.0.0.1',
        port,
      })
      await installation.credentials.put(installation.scope, deviceId, {
        username: 'admin',
        password: 'secret',
      })
    }
    await installation.close()

    const report = await killBackups({ place, routers, kills, seed, expireLeases })

    console.info(JSON.stringify({ name: 'kill-backups', ...report }))
    expect(report.problems).toEqual([])
    expect(report.kills).toBeGreaterThanOrEqual(kills)
    expect(report.acknowledged).toBeGreaterThan(kills / 3)
  } finally {
    await simulator.stop()
  }
}
