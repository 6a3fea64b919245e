import { afterEach, describe, expect, it } from 'vitest'
import { dialogues } from '../../src/conformance/dialogues/index.js'
import { playDialogue } from '../../src/conformance/play-dialogue.js'
import type { Simulator } from '../../src/simulator.js'
import { startSimulator } from '../../src/start-simulator.js'
import { VirtualClock } from '../../src/time/virtual-clock.js'

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()))
})

const bareConfig = '/interface ethernet\nset [ find default-name=ether1 ] name=ether1\n'

describe('the annex of dialogues', () => {
  it('has a dialogue for each of its 46 rows', () => {
    const rows = new Set(dialogues.map((dialogue) => Number(/#(\d+)/.exec(dialogue.id)?.[1])))

    expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 46 }, (_, index) => index + 1))
  })

  for (const dialogue of dialogues) {
    it(`${dialogue.id}: ${dialogue.title}`, async () => {
      const { startMs, faults, group, password = 'secret', ...engine } = dialogue.stage ?? {}
      const simulator = await startSimulator({
        config: bareConfig,
        version: '7.16.1',
        ...engine,
        users: [{ name: 'admin', password, group: group ?? 'full' }],
        clock: new VirtualClock(startMs === undefined ? {} : { startMs }),
        ...(faults === undefined ? {} : { faults }),
      })
      running.push(simulator)

      const { port } = simulator.router
      const differences = await playDialogue({ host: '127.0.0.1', port, user: 'admin', password }, dialogue)

      expect(differences).toEqual([])
    })
  }
})
