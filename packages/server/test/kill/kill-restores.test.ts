import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalTod, type LocalTod } from '@tod/adapters'
import type { TenantScope } from '@tod/core'
import { ScaledClock, startSimulator } from '@tod/routeros-sim'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { typeOnRouter } from '../type-on-router.js'
import { everyDeath, type KillDevice, killRestores } from './kill-restores.js'

/** A small sample; `npm run soak:restores` makes the full run: every entry of the journal and 200 random moments. */
const kills = Number(process.env.TOD_KILLS ?? 1)
const deaths = new RegExp(`^(${process.env.TOD_DEATHS ?? 'after launching|before disarming'})$`)
const seed = Number(process.env.TOD_SEED ?? 20_260_105)
/** Seconds of the routers and the server for one of ours. */
const scale = Number(process.env.TOD_SCALE ?? 30)

const tenantId = 'a0000000-0000-4000-8000-000000000001'
const principal = { id: 'test', role: 'super_admin', tenantId: null } as const
const login = { username: 'admin', password: 'correct horse battery' }

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tod-kill-restores-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

it(
  'a server that is killed in the middle of restores loses no router and nothing that was acknowledged',
  async () => {
    const epochMs = Date.now()
    const simulator = await startSimulator({
      ...login,
      user: login.username,
      fleet: 4,
      deadTimeMs: 40_000,
      clock: new ScaledClock(scale, epochMs),
    })
    const local = await createLocalTod({ directory })
    try {
      const scope = await local.guard.enter(principal, tenantId, 'administer')
      const devices = await prepare(local, scope, simulator.routers)
      const chosen = everyDeath.filter(({ moment, state }) => deaths.test(`${moment} ${state}`))

      const report = await killRestores({
        process: { directory, jwtSecret: 'a secret for tests that is long enough for HS256', epochMs, scale },
        tenantId,
        devices,
        randomKills: kills,
        deaths: chosen,
        seed,
        expireLeases: async () => {
          for (const { deviceId } of devices) {
            const lease = await local.database.locks.holder(scope, deviceId)
            if (lease !== undefined) await local.database.locks.release(scope, lease)
          }
        },
      })

      console.info(JSON.stringify({ name: 'kill-restores', ...report }))
      expect(report.problems).toEqual([])
      expect(report.kills).toBeGreaterThanOrEqual(kills + chosen.length)
    } finally {
      await local.close()
      await simulator.stop()
    }
  },
  60_000 + (kills + everyDeath.length) * 30_000,
)

/** A revision of each router to restore. */
async function prepare(
  { tod, database, credentials }: LocalTod,
  scope: TenantScope,
  routers: readonly KillDevice['router'][],
): Promise<readonly KillDevice[]> {
  await database.tenants.put(scope, { name: 'tenant a' })
  const devices: KillDevice[] = []
  for (const [index, router] of routers.entries()) {
    const deviceId = `d0000000-0000-4000-8000-00000000000${index}`
    const port = router.listeners[0]?.port ?? 0
    await database.devices.put(scope, { deviceId, name: `gw${index}`, host: '127.0.0.1', port })
    await credentials.put(scope, deviceId, login)
    const add = '/ip firewall address-list add'
    await typeOnRouter(router, `${add} list=one address=192.0.2.1; ${add} list=two address=192.0.2.2`)
    await typeOnRouter(router, '/system identity set name=office')
    const { commitSha } = await tod.backups.backUp(scope, { deviceId, trigger: 'manual' })
    devices.push({ deviceId, router, targetSha: commitSha, target: router.significantText() })
  }
  return devices
}
