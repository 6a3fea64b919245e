import { ScaledClock } from '@tod/routeros-sim'
import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'
import { backUpWithoutOffice, twoWaysIn } from './two-ways-in.js'

let field: TestField
afterEach(() => field?.close())

const isWanted = process.env.REAL_TIME === '1'
if (!isWanted)
  console.info(
    'Skipped: restores in real time take some minutes; npm run soak:pushes -- --only real-time runs them.',
  )

/** The timeline with seconds since the beginning. */
function printTimeline(
  timeline: readonly { readonly state: string; readonly at: number; readonly message: string }[],
) {
  const start = timeline[0]?.at ?? 0
  for (const { state, at, message } of timeline) {
    console.log(`${((at - start) / 1000).toFixed(1).padStart(6)} s  ${state.padEnd(10)} ${message}`)
  }
}

describe.skipIf(!isWanted)('in real time, with the window of 60 s', { timeout: 900_000 }, () => {
  it('a restore commits', async () => {
    field = await openTestField({ ...twoWaysIn, clock: new ScaledClock(1) })
    const { commitSha } = await field.backUp()
    await field.run('/system identity set name=changed', 'home')

    const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    printTimeline(result.timeline)
    expect(result).toMatchObject({ status: 'committed', converged: true })
    expectClean(field)
  })

  it('a restore that locks us out reverts', async () => {
    field = await openTestField({ ...twoWaysIn, clock: new ScaledClock(1) })
    const commitSha = await backUpWithoutOffice(field)

    const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    printTimeline(result.timeline)
    expect(result).toMatchObject({ status: 'reverted' })
    expectClean(field)
  })
})
