import { afterEach, describe, expect, it } from 'vitest'
import { type Simulator, startRouters } from '../../src/simulator.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'
import { SshClient } from '../support/ssh-client.js'
import { tinyEngines } from '../support/tiny-engine.js'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

/** Two clients, pauses, long commands, a spontaneous reboot, logins that fail: everything with its moment. */
async function story(seed: number): Promise<readonly string[]> {
  const engines = tinyEngines()
  const clock = new VirtualClock({ startMs: 0 })
  const simulator = await startRouters(engines.prepare, {
    clock,
    seed,
    deadTimeMs: 20_000,
    faults: ['reboot@after=40s', 'drop@match=flood,byte=~5000'],
  })
  running.push(simulator)
  const { port } = simulator.router
  const moments: string[] = []
  const note = (text: string) => moments.push(`${clock.now()} ${text}`)
  const party = async (name: string, pauseMs: number) => {
    for (let round = 0; round < 12; round++) {
      await clock.sleep(pauseMs)
      try {
        const client = await SshClient.connect(port)
        const answer = await client.exec(round % 3 === 2 ? 'flood 4000' : `wait ${round * 700}`)
        note(`${name} ${round} ${answer.stdout.length} ${answer.status}`)
        client.end()
      } catch (error) {
        note(`${name} ${round} ${error instanceof Error ? 'refused' : 'odd'}`)
      }
    }
  }
  await Promise.all([party('a', 3100), party('b', 4700)])
  return moments
}

describe('real SSH under virtual time', () => {
  it('gives the same story, to the millisecond, each time from the same seed', async () => {
    const stories = []
    for (let round = 0; round < 5; round++) stories.push(await story(3))

    expect(stories[0]?.length).toBe(24)
    expect(stories[0]?.some((line) => line.endsWith('refused'))).toBe(true)
    for (const other of stories.slice(1)) expect(other).toEqual(stories[0])
  })
})
