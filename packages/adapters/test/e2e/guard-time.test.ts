import type { InMemoryDeviceLock } from '@tod/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { MortalProcess } from './mortal-process.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'

let field: TestField
afterEach(() => field?.close())

/** A push whose process dies when it was about to verify; its lease has run out. */
async function dieBeforeVerifying() {
  field = await openTestField()
  const { commitSha } = await field.backUp()
  await field.run('/system identity set name=changed')
  const before = field.router.significantText()
  const process = new MortalProcess({ moment: 'after', state: 'verifying' })
  const mortal = field.restart({
    clock: process.clock(field.clock),
    journal: process.journal(field.ports.journal),
    transport: process.transport(field.ports.transport),
    locks: process.wrap(field.ports.locks),
  })
  void mortal.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })
  while (!process.isDead) await field.clock.sleep(1000)
  await (field.ports.locks as InMemoryDeviceLock).expireLease(fieldScope, fieldDevice)
  return before
}

/** Until so long before the guard fires, ms. */
async function waitUntilLeft(ms: number): Promise<void> {
  const { launch } = (await operation()) ?? {}
  await field.clock.sleep((launch?.guardFiresBy ?? 0) - 2000 - field.clock.now() - ms)
}

const operation = async () => (await field.tod.restores.list(fieldScope, { deviceId: fieldDevice }))[0]

describe('the time that a guard has left', { timeout: 120_000 }, () => {
  it('is counted from before the look: a look that took too long for the margin does not disarm', async () => {
    const before = await dieBeforeVerifying()
    await waitUntilLeft(55_000)
    field.router.faults.arm({ name: 'slow-export', value: '45000', match: 'export' })

    await field.restart().recoverOperations()

    expect(await operation()).toMatchObject({ state: 'reverted', open: false })
    expect(field.router.significantText()).toBe(before)
    expectClean(field)
  })

  it('is started anew once, and the journal has the new end before the router is asked', async () => {
    await dieBeforeVerifying()
    await waitUntilLeft(40_000)
    const { launch } = (await operation()) ?? {}

    await field.restart().recoverOperations()

    const ended = await operation()
    const states = ended?.timeline.map((entry) => entry.message)
    expect(ended).toMatchObject({ state: 'committed', open: false })
    expect(states?.filter((message) => message.includes('started anew'))).toHaveLength(1)
    expect(ended?.launch?.guardFiresBy).toBeGreaterThan((launch?.guardFiresBy ?? 0) + 60_000)
    expectClean(field)
  })
})

describe('a guard whose backup is lost', { timeout: 120_000 }, () => {
  it('is not waited for without end: the answer is that it is open', async () => {
    field = await openTestField({
      onState: async (state, { run }) => {
        if (state === 'verifying') await run('/file remove [find name~"tod-push-.*backup"]')
      },
    })
    const { commitSha } = await field.backUp()
    await field.run('/system identity set name=changed')
    const started = field.clock.now()

    const result = await field.tod.restores.restore(fieldScope, {
      deviceId: fieldDevice,
      commitSha,
      probes: [{ kind: 'interface-running', name: 'no-such-interface' }],
    })

    expect(result).toMatchObject({ status: 'failed', openForRecovery: true })
    expect(field.clock.now() - started).toBeLessThan(20 * 60_000)
    expect(field.router.boots).toBe(0)
  })
})

describe('a guard of another installation', { timeout: 120_000 }, () => {
  const other = 'tod-guard-00000000000000ff'

  it.each(['uploading', 'arming'])('that is armed at the same time ends ours in state %s', async (at) => {
    field = await openTestField({
      onState: async (state, { run }) => {
        if (state === at) await run(`/system scheduler add name=${other} interval=1h on-event=":log info x"`)
      },
    })
    const { commitSha } = await field.backUp()
    await field.run('/system identity set name=changed')
    const before = field.router.significantText()

    const restoring = field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    await expect(restoring).rejects.toMatchObject({ code: 'PUSH_IN_PROGRESS', details: { seen: 'guard' } })
    expect(await operation()).toMatchObject({ state: 'aborted', open: false })
    expect((await operation())?.timeline.at(-2)?.state).toBe(at)
    expect(field.router.schedulers().map((entry) => entry.name)).toEqual([other])
    await field.run(`/system scheduler remove [find name=${other}]`)
    expect(field.router.significantText()).toBe(before)
    expectClean(field)
  })
})
