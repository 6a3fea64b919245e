import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/faults/seeded-random.js'
import { scenarioNames, scenarioOptions } from '../../src/scenarios/index.js'
import type { Simulator } from '../../src/simulator.js'
import { startSimulator } from '../../src/start-simulator.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'
import { SshClient } from '../support/ssh-client.js'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

async function start(version = '7.16.1') {
  const clock = new VirtualClock()
  const config = scenarioOptions('small-office').config ?? ''
  const simulator = await startSimulator({ config, version, user: 'admin', password: 'secret', clock })
  running.push(simulator)
  return { clock, router: simulator.router, port: simulator.router.port }
}

/** Commands of our own routers, each behind its menu. */
function knownCommands(): string[] {
  const commands: string[] = []
  for (const name of scenarioNames) {
    let menu = ''
    for (const line of (scenarioOptions(name).config ?? '').split('\n')) {
      if (line.startsWith('/')) menu = line
      else if (/^(?:add|set) /.test(line)) commands.push(`${menu} ${line}`)
    }
  }
  return commands
}

const pieces =
  '[ ] { } ( ) " $ \\ ; = ! .. / *1 [find] :put :foreach ~ && < -> \u0000 \u00ff print where get export set move'.split(
    ' ',
  )

const seed = 20_260_105

describe('whatever comes over the wire', () => {
  it(`a mutilated command is answered and never breaks the router (seed ${seed})`, async () => {
    const random = seededRandom(seed)
    const { router, port } = await start()
    const client = await SshClient.connect(port)
    const commands = knownCommands()
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

    for (let round = 0; round < 400; round++) {
      let command = pick(commands)
      for (let change = 0; change < 3; change++) {
        const at = Math.floor(random() * command.length)
        command = `${command.slice(0, at)}${pick(pieces)}${command.slice(at + Math.floor(random() * 3))}`
      }
      if (/reboot|reset|shutdown|ssh|\/user/.test(command)) continue
      const answer = await client.exec(command)
      expect([command, answer.status]).toEqual([command, 0])
    }
    const last = await client.exec(':put "still here"')
    client.end()

    expect(last.stdout).toBe('still here\r\n')
    expect(router.exportText()).toMatch(/^# /)
  })

  it(`random keys at the console leave a console (seed ${seed})`, async () => {
    const random = seededRandom(seed)
    const { port, clock } = await start()
    const client = await SshClient.connect(port, { username: 'admin+ct' })
    const channel = await client.shell()
    channel.resume()

    for (let round = 0; round < 100 && !channel.closed; round++) {
      const keys = Buffer.from(Array.from({ length: 20 }, () => Math.floor(random() * 256)))
      channel.write(keys)
      channel.write(random() < 0.5 ? '\x1b[' : '\r')
      await clock.advance(10)
    }
    const answer = await client.exec(':put "still here"')
    client.end()

    expect(answer.stdout).toBe('still here\r\n')
  })

  it(`garbage instead of SSH, and connections cut at any moment, leave nothing open (seed ${seed})`, async () => {
    const random = seededRandom(seed)
    const { port, clock, router } = await start()

    for (let round = 0; round < 40; round++) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      await once(socket, 'connect')
      if (round % 2 === 0) socket.write('SSH-2.0-x\r\n')
      socket.write(Buffer.from(Array.from({ length: 200 }, () => Math.floor(random() * 256))))
      for (let turn = 0; turn < random() * 10; turn++) await new Promise((resolve) => setImmediate(resolve))
      socket.destroy()
    }
    for (let round = 0; round < 20; round++) {
      const client = await SshClient.connect(port)
      client.exec('/export').catch(() => {})
      for (let turn = 0; turn < random() * 20; turn++) await new Promise((resolve) => setImmediate(resolve))
      client.client.destroy()
    }
    await clock.advance(1000)
    const client = await SshClient.connect(port)
    const open = router.connections().length
    client.end()

    expect(open).toBe(1)
  })
})
