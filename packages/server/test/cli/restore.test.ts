import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalTod, scaledClock } from '@tod/adapters'
import { StorageUnavailableError } from '@tod/core'
import { ScaledClock, type Simulator, startSimulator } from '@tod/routeros-sim'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runTod } from '../../src/cli/run-tod.js'
import { typeOnRouter } from '../type-on-router.js'

const principal = { id: 'test', role: 'super_admin', tenantId: null } as const
const tenantId = 'a0000000-0000-4000-8000-000000000001'
const deviceId = 'd0000000-0000-4000-8000-000000000001'
const login = { username: 'admin', password: 'correct horse battery' }
/** Slow enough for a busy machine to keep up with the guard. */
const scale = 12
const way = { ingressInterface: 'ether1', destinationAddress: '192.0.2.1' }
const config = `# 2026-01-05 09:00:00 by RouterOS 7.16.1
# software id = AB12-CD34
#
# model = RB5009UG+S+
# serial number = HF0000TEST1
/ip address
add address=192.0.2.1/24 interface=ether1 network=192.0.2.0
/system identity
set name=office
`

describe('tod, given a revision that locks us out,', () => {
  let directory: string
  let simulator: Simulator
  let sha: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tod-cli-restore-'))
    vi.stubEnv('TOD_DATA', directory)
    vi.stubEnv('TOD_CLOCK_SCALE', String(scale))
    simulator = await startSimulator({
      version: '7.16.1',
      user: login.username,
      password: login.password,
      config,
      clock: new ScaledClock(scale),
      listeners: [
        { name: 'office', sourceAddress: '192.0.2.10', ...way },
        { name: 'home', sourceAddress: '192.0.2.20', ...way },
      ],
    })
    const local = await createLocalTod({ directory })
    const scope = await local.guard.enter(principal, tenantId, 'administer')
    const { router } = simulator
    const reachBy = (name: string) =>
      local.database.devices.put(scope, {
        deviceId,
        name: 'gw',
        host: '127.0.0.1',
        port: router.listeners.find((one) => one.name === name)?.port ?? 0,
      })
    await local.database.tenants.put(scope, { name: 'acme' })
    await local.credentials.put(scope, deviceId, login)
    await typeOnRouter(router, '/ip service set ssh address=192.0.2.20/32')
    await reachBy('home')
    sha = (await local.tod.backups.backUp(scope, { deviceId, trigger: 'manual' })).commitSha
    await typeOnRouter(router, '/ip service set ssh address=""')
    await reachBy('office')
    await local.close()
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await simulator.stop()
    await rm(directory, { recursive: true, force: true })
  })

  const restore = (...args: readonly string[]) => tod('restore', 'gw', sha, '--tenant', tenantId, ...args)

  async function tod(...args: readonly string[]) {
    let out = ''
    let err = ''
    const code = await runTod(args, {
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
      outBytes: () => {},
      isTerminal: false,
      readInput: async () => '',
    })
    return { code, out, err }
  }

  it('refuses unless told otherwise, and touches nothing', async () => {
    const before = simulator.router.significantText()

    const { code, err } = await restore()

    expect(code).not.toBe(0)
    expect(err).toMatch(/lock/i)
    expect(simulator.router.significantText()).toBe(before)
    expect(simulator.router.boots).toBe(0)
  })

  it('recovers a push whose process got no further: waits for the guard, and tells that the device went back', async () => {
    const before = simulator.router.significantText()
    const local = await createLocalTod({
      directory,
      clock: scaledClock(scale),
      defaults: { settleWindowMs: 5000 },
    })
    const { journal } = local.database
    const append = journal.append.bind(journal)
    journal.append = async (...args) => {
      if (args[2].state === 'settling') throw new StorageUnavailableError({ store: 'database' })
      return append(...args)
    }
    const scope = await local.guard.enter(principal, tenantId, 'administer')
    const result = await local.tod.restores.restore(scope, { deviceId, commitSha: sha })
    await local.close()

    const once = await tod('recover', '--once')
    const { code, out, err } = await tod('recover')

    expect(result.openForRecovery).toBe(true)
    expect(once.code).toBe(1)
    expect(code).toBe(0)
    expect(err).toContain('still open')
    expect(out).toContain(result.operationId)
    expect(out).toContain('reverted')
    expect(simulator.router.significantText()).toBe(before)
    expect(simulator.router.schedulers()).toEqual([])
  })
})
