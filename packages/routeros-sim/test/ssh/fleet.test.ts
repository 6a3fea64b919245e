import { afterEach, describe, expect, it } from 'vitest'
import type { Simulator } from '../../src/simulator.js'
import { startSimulator } from '../../src/start-simulator.js'
import { SshClient } from '../support/ssh-client.js'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

describe('a fleet', () => {
  it('serves 100 routers from one template, each with its own state and host key', async () => {
    const simulator = await startSimulator({
      config: '/ip address\nadd address=192.0.2.1/24 interface=ether1\n',
      user: 'ops',
      password: 'secret',
      fleet: 100,
      ssh: { hostKeyType: 'ed25519' },
    })
    running.push(simulator)
    const keys = new Set<string>()

    const identities = await Promise.all(
      simulator.routers.slice(0, 20).map(async (router, index) => {
        const client = await SshClient.connect(router.port, {
          username: 'ops',
          hostVerifier: (key: Buffer) => {
            keys.add(key.toString('base64'))
            return true
          },
        })
        await client.exec(`/system identity set name=site-${index}`)
        const answer = await client.exec(':put [/system identity get name]')
        client.end()
        return answer.stdout.trim()
      }),
    )

    expect(identities).toEqual(Array.from({ length: 20 }, (_, index) => `site-${index}`))
    expect(keys.size).toBe(20)
    expect(simulator.routers[50]?.exportText()).not.toContain('site-')
    expect(new Set(simulator.routers.map((router) => router.port)).size).toBe(100)
  })
})
