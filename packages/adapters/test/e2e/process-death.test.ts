import { type PushState, pushStates } from '@tod/core'
import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { type Death, MortalProcess } from './mortal-process.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'

let field: TestField
afterEach(() => field?.close())

const terminal = new Set(['committed', 'reverted', 'failed', 'aborted'])
const onTheWay = pushStates.filter((state) => !terminal.has(state) && state !== 'reverting')
const deaths: Death[] = [
  ...onTheWay.flatMap((state): Death[] => [
    { moment: 'before', state },
    { moment: 'after', state },
  ]),
  { moment: 'before', state: 'committed' },
  { moment: 'after', state: 'committed' },
].filter((death) => !(death.moment === 'before' && death.state === 'locked')) as Death[]

/** What each death has to come to: nothing was pushed, the launch was announced and not sent, or the push goes on. */
function expectedState({ moment, state }: Death): PushState {
  const launching = pushStates.indexOf('launching')
  const place = pushStates.indexOf(state)
  if (place < launching || (place === launching && moment === 'before')) return 'aborted'
  return place === launching ? 'failed' : 'committed'
}

/** Runs recovery as a server does, until nothing is open, for half an hour at most. */
async function recoverToTheEnd(): Promise<void> {
  const tod = field.restart()
  for (let pass = 0; pass < 60; pass++) {
    await field.clock.sleep(30_000)
    const outcomes = await tod.recoverOperations()
    if (outcomes.every((each) => each.outcome === 'ended')) return
  }
  throw new Error('Still open after half an hour.')
}

// Under load a death with its recovery takes longer than most tests.
describe('a process that dies during a push', { timeout: 120_000 }, () => {
  it.each(deaths)('is recovered truthfully when it dies $moment it writes $state', async (death) => {
    field = await openTestField()
    const { commitSha } = await field.backUp()
    const target = field.router.significantText()
    await field.run('/ip firewall address-list add list=one address=192.0.2.1')
    await field.run('/system identity set name=changed')
    const before = field.router.significantText()
    const process = new MortalProcess(death)
    const { ports } = field
    const mortal = field.restart({
      clock: process.clock(field.clock),
      journal: process.journal(ports.journal),
      transport: process.transport(ports.transport),
      locks: process.wrap(ports.locks),
      git: process.wrap(ports.git),
      runs: process.wrap(ports.runs),
      audit: process.wrap(ports.audit),
    })
    void mortal.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })
    while (!process.isDead) await field.clock.sleep(1000)

    await recoverToTheEnd()

    const [operation] = await field.tod.restores.list(fieldScope, { deviceId: fieldDevice })
    const seen = field.router.significantText()
    expect(operation?.open).toBe(false)
    expect(operation?.state).toBe(expectedState(death))
    expect(seen).toBe(operation?.state === 'committed' ? target : before)
    expect(field.router.schedulers()).toEqual([])
    const entry = await field.backUp()
    expect(entry.holdsGuard).toBe(false)
    expectClean(field)
  })
})
