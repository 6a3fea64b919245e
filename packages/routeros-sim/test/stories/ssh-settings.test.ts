import { afterEach, describe, expect, it } from 'vitest'
import type { Simulator, SimulatorOptions } from '../../src/simulator.js'
import { startSimulator } from '../../src/start-simulator.js'
import { reader, SshClient } from '../support/ssh-client.js'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

async function start(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ version: '7.20.8', user: 'admin', password: 'secret', ...options })
  running.push(simulator)
  return simulator.router
}

/** Kind and text of the host key that a new client is shown. */
async function shownKey(port: number): Promise<string> {
  let shown = ''
  const client = await SshClient.connect(port, {
    hostVerifier: (key: Buffer) => {
      shown = `${key.subarray(4, 4 + key.readUInt32BE(0)).toString()} ${key.toString('base64')}`
      return true
    },
  })
  client.end()
  return shown
}

describe('/ip ssh', () => {
  it('changes kind and value of the host key for those who come next', async () => {
    const { port } = await start()
    const admin = await SshClient.connect(port)

    const rsa = await shownKey(port)
    await admin.exec('/ip ssh set host-key-type=ed25519')
    const ed25519 = await shownKey(port)
    await admin.exec('/ip ssh regenerate-host-key')
    const regenerated = await shownKey(port)
    admin.end()

    expect(rsa).toMatch(/^ssh-rsa /)
    expect(ed25519).toMatch(/^ssh-ed25519 /)
    expect(regenerated).toMatch(/^ssh-ed25519 /)
    expect(regenerated).not.toBe(ed25519)
  })

  it('offers no SHA-1 any more with strong-crypto', async () => {
    const { port } = await start()
    const weak = {
      algorithms: {
        kex: ['diffie-hellman-group14-sha256' as const],
        hmac: ['hmac-sha1' as const],
        cipher: ['aes128-ctr' as const],
      },
    }
    const admin = await SshClient.connect(port, weak)

    await admin.exec('/ip ssh set strong-crypto=yes')
    admin.end()

    await expect(SshClient.connect(port, weak)).rejects.toThrow(/no matching/)
    ;(await SshClient.connect(port)).end()
  })

  it('takes no more sessions than the service allows', async () => {
    const { port } = await start()
    const first = await SshClient.connect(port)
    await first.exec('/ip service set ssh max-sessions=2')
    const second = await SshClient.connect(port)

    await expect(SshClient.connect(port)).rejects.toThrow(/ECONNRESET|closed/)
    const gone = second.closed()
    second.end()
    await gone
    ;(await SshClient.connect(port)).end()
    first.end()
  })
})

describe('the first login', () => {
  it('asks about the licence where the option says so, and goes on after n', async () => {
    const { port } = await start({ ssh: { asksForLicense: true } })
    const client = await SshClient.connect(port, { username: 'admin+cte' })
    const channel = await client.shell()
    const screen = reader(channel)

    await screen.until('Do you want to see the software license? [Y/n]: ')
    channel.write('n')
    const shown = await screen.until('[admin@MikroTik] > ')
    client.end()

    expect(shown).not.toContain('SOFTWARE LICENSE')
  })

  it('changes the password when a new one is typed twice', async () => {
    const { port } = await start({ user: 'admin', password: '' })
    const client = await SshClient.connect(port, { username: 'admin+cte', password: '' })
    const channel = await client.shell()
    const screen = reader(channel)

    await screen.until('new password> ')
    channel.write('Fresh"$1\r')
    await screen.until('repeat new password> ')
    channel.write('Fresh"$1\r')
    await screen.until('[admin@MikroTik] > ')
    client.end()

    await expect(SshClient.connect(port, { password: '' })).rejects.toThrow(/authentication/)
    ;(await SshClient.connect(port, { password: 'Fresh"$1' })).end()
  })
})
