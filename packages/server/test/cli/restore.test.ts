import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalTod } from '@tod/adapters'
import { ScaledClock, type Simulator, startSimulator } from '@tod/routeros-sim'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { runTod } from '../../src/cli/run-tod.js'
import { typeOnRouter } from '../type-on-router.js'

const principal = { id: 'test', role: 'super_admin', tenantId: null } as const
const tenantId = 'a0000000-0000-4000-8000-000000000001'
const deviceId = 'd0000000-0000-4000-8000-000000000001'
const login = { username: 'admin', password: 'correct horse battery' }
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

describe('tod restore to a revision that locks us out', () => {
  let directory: string
  let simulator: Simulator
  let sha: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tod-cli-restore-'))
    vi.stubEnv('TOD_DATA', directory)
    vi.stubEnv('TOD_CLOCK_SCALE', '60')
    simulator = await startSimulator({
      version: '7.16.1',
      user: login.username,
      password: login.password,
      config,
      clock: new ScaledClock(60),
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

  async function restore(...args: readonly string[]) {
    let out = ''
    let err = ''
    const code = await runTod(['restore', 'gw', sha, '--tenant', tenantId, ...args], {
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

  it('proceeds when told to, shows the time that the guard has left, and tells that the device went back', async () => {
    const before = simulator.router.significantText()

    const { code, out, err } = await restore('--on-lockout', 'proceed')

    expect(code).not.toBe(0)
    expect(out).toMatch(/^reverted: /)
    expect(err).toMatch(/settling: .*\(guard: \d+ s left\)/)
    expect(simulator.router.significantText()).toBe(before)
  })
})
