import type { DeviceConnection, DeviceTarget, HostKey } from '@tod/core'
import { expectBytes, expectCode } from '@tod/core/testing'
import { type Simulator, type SimulatorOptions, startSimulator } from '@tod/routeros-sim'
import { afterEach, describe, expect, it } from 'vitest'
import { SshTransport } from '../../src/ssh/index.js'

const transport = new SshTransport()
const endings: (() => Promise<unknown>)[] = []
const config =
  '/interface bridge\nadd name=bridge1\n/ip address\nadd address=192.0.2.1/24 interface=bridge1\n'

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ config, user: 'admin', password: 'secret', ...options })
  endings.push(() => simulator.stop())
  return simulator
}

function target(simulator: Simulator, changes: Partial<DeviceTarget> = {}): DeviceTarget {
  return {
    deviceId: 'router-1',
    host: '127.0.0.1',
    port: simulator.router.listeners[0]?.port ?? 0,
    credentials: { username: 'admin', password: 'secret' },
    verifyHostKey: async () => {},
    ...changes,
  }
}

async function connect(simulator: Simulator, changes: Partial<DeviceTarget> = {}): Promise<DeviceConnection> {
  const connection = await transport.connect(target(simulator, changes))
  endings.push(() => connection.close())
  return connection
}

/** Many rules with long comments: an export of several windows. */
function largeConfig(rules: number): string {
  const rule = (index: number) => `add action=drop chain=forward comment="${'x'.repeat(200)} ${index}"\n`
  return `/ip firewall filter\n${Array.from({ length: rules }, (_, index) => rule(index)).join('')}`
}

describe('SshTransport against a simulated router', () => {
  it('does a whole backup over one connection: export, binary backup, fetch, remove', async () => {
    const simulator = await start()
    const connection = await connect(simulator)

    const exported = await connection.exec('/export')
    await connection.exec('/system backup save name=x dont-encrypt=yes')
    const binary = await connection.download('x.backup')
    await connection.exec('/file remove x.backup')

    expect(Buffer.from(exported.output).toString('latin1')).toContain('add name=bridge1')
    expect(exported).toMatchObject({ exitStatus: 0, closedInOrder: true })
    expect(binary.subarray(0, 4)).toEqual(Uint8Array.of(0x88, 0xac, 0xa1, 0xb1))
    expect(simulator.router.files.read('x.backup')).toBeUndefined()
    await expect(connection.download('x.backup')).rejects.toMatchObject({
      details: { reason: 'no-such-file' },
    })
    expect(simulator.router.connections()).toHaveLength(1)
  })

  it('gets a large export whole from a router that ends the channel when a window is full', async () => {
    const simulator = await start({ config: largeConfig(4000), ssh: { cutsAtWindow: true } })
    const connection = await connect(simulator)

    const { output } = await connection.exec('/export', { maxOutputBytes: 8 * 1024 * 1024 })

    // The router's own lines end in LF; what goes over the wire ends in CRLF.
    const text = Buffer.from(output).toString('latin1').replaceAll('\r\n', '\n')
    expect(output.length).toBeGreaterThan(900_000)
    expect(text.trimEnd().endsWith('x 3999"')).toBe(true)
  })

  it('sends a file that the router then has, byte for byte', async () => {
    const simulator = await start()
    const connection = await connect(simulator)
    const content = Buffer.alloc(300_000, 'add comment=ä\n')

    await connection.upload('plan.rsc', content)

    expectBytes(simulator.router.files.read('plan.rsc') ?? new Uint8Array(), content)
  })

  it.each([
    ['6.40', 'ssh-rsa', true],
    ['6.49.13', 'ssh-rsa', false],
    ['7.16.1', 'ssh-rsa', false],
  ])(
    'logs in to RouterOS %s (host key %s, legacy algorithms %s)',
    async (version, algorithm, legacyAlgorithms) => {
      const simulator = await start({ version })
      const seen: HostKey[] = []

      const connection = await connect(simulator, {
        legacyAlgorithms,
        verifyHostKey: async (key) => {
          seen.push(key)
        },
      })

      expect(seen).toMatchObject([{ algorithm }])
      expect((await connection.exec('/system identity print')).output.length).toBeGreaterThan(0)
    },
  )

  it('does not reach a router that has only SHA-1 unless it is marked', async () => {
    const simulator = await start({ version: '6.40' })

    await expectCode(transport.connect(target(simulator)), 'DEVICE_UNREACHABLE')
  })

  it('sees another host key when the router shows one', async () => {
    const simulator = await start({ faults: ['change-host-key@connect,nth=2,times=always'] })
    const seen: string[] = []
    const verifyHostKey = async (key: HostKey) => void seen.push(key.fingerprint)

    await connect(simulator, { verifyHostKey })
    await connect(simulator, { verifyHostKey })

    expect(seen[1]).not.toBe(seen[0])
  })

  it.each([
    ['refuse-connection', 'DEVICE_UNREACHABLE', true],
    ['refuse-login', 'DEVICE_AUTH_FAILED', false],
  ])('reports %s as %s', async (fault, code, retryable) => {
    const simulator = await start({ faults: [fault] })

    await expect(transport.connect(target(simulator))).rejects.toMatchObject({ code, retryable })
  })

  it.each(['drop@command', 'drop@output,byte=100', 'reboot'])(
    'reports %s in a command as lost',
    async (fault) => {
      const simulator = await start({ faults: [fault] })
      const connection = await connect(simulator)

      await expectCode(connection.exec('/export'), 'DEVICE_CONNECTION_LOST')
      expect(connection.closed.aborted).toBe(true)
    },
  )

  it('reports a connection that breaks in the middle of a transfer as lost', async () => {
    const simulator = await start({ faults: ['drop@transfer'] })
    await simulator.router.files.write('x.backup', new Uint8Array(500_000))
    const connection = await connect(simulator)

    await expectCode(connection.download('x.backup'), 'DEVICE_CONNECTION_LOST')
  })

  it.each(['stall', 'half-open'])(
    'gives a router that says nothing more (%s) up when the signal fires',
    async (fault) => {
      const simulator = await start({ faults: [fault] })
      const connection = await connect(simulator)
      const limit = new AbortController()
      const reason = new Error('time is up')

      const running = connection.exec('/export', { signal: limit.signal })
      limit.abort(reason)

      await expect(running).rejects.toBe(reason)
      await connection.close()
    },
  )
})
