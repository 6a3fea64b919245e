import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalTod, scaledClock } from '@tod/adapters'
import { openPostgres } from '@tod/adapters/postgres'
import { startSimulator } from '@tod/routeros-sim'
import { describe, expect, it } from 'vitest'
import { postgres, usePostgres } from './postgres-harness.js'

const { harness } = usePostgres()
const unavailable = 'unavailable' in postgres ? ` (${postgres.unavailable})` : ''
const principal = { id: 'somebody', role: 'super_admin', tenantId: null } as const
/** A restore waits 40 s for what it wrote to reach the flash of the router. */
const scale = 3
const deviceId = 'd0000000-0000-4000-8000-000000000001'

describe('the whole way on PostgreSQL', () => {
  it.skipIf(unavailable !== '')(
    `backs up, restores under the guard and keeps the journal${unavailable}`,
    async () => {
      const { appUrl, roles } = harness()
      const directory = await mkdtemp(join(tmpdir(), 'tod-postgres-e2e-'))
      const simulator = await startSimulator({
        user: 'admin',
        password: 'secret',
        clock: 'real',
        deadTimeMs: 1000,
      })
      const local = await createLocalTod({
        directory,
        clock: scaledClock(scale),
        database: await openPostgres({ connectionString: appUrl, ...roles }),
        defaults: { settleWindowMs: 1000 },
      })
      try {
        const { tod, guard, database, credentials } = local
        const scope = await guard.enter(principal, 'a0000000-0000-4000-8000-000000000001', 'administer')
        const port = simulator.router.listeners[0]?.port ?? 0
        await database.devices.put(scope, { deviceId, name: 'edge', host: '127.0.0.1', port })
        await credentials.put(scope, deviceId, { username: 'admin', password: 'secret' })

        const { commitSha } = await tod.backups.backUp(scope, { deviceId, trigger: 'manual' })
        const before = simulator.router.significantText()
        await local.tod.ports.transport
          .connect({
            deviceId,
            host: '127.0.0.1',
            port,
            credentials: { username: 'admin', password: 'secret' },
            verifyHostKey: async () => {},
          })
          .then(async (connection) => {
            await connection.exec('/system identity set name=changed')
            await connection.close()
          })
        const result = await tod.restores.restore(scope, { deviceId, commitSha })

        expect(result).toMatchObject({ status: 'committed', converged: true, openForRecovery: false })
        expect(simulator.router.significantText()).toBe(before)
        expect(simulator.router.schedulers()).toEqual([])
        expect(await database.journal.find(scope, result.operationId)).toMatchObject({
          state: 'committed',
          open: false,
        })
        expect((await database.runs.list(scope, deviceId)).map((row) => row.trigger)).toEqual([
          'pre-restore',
          'manual',
        ])
        expect(await database.locks.holder(scope, deviceId)).toBeUndefined()
        expect((await database.audit.list(scope)).map((entry) => entry.action)).toContain('restore.end')
      } finally {
        await local.close()
        await simulator.stop()
        await rm(directory, { recursive: true, force: true })
      }
    },
    120_000,
  )
})
