import type { InMemoryDeviceLock } from '@tod/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { MortalProcess } from './mortal-process.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'
import { letOfficeIn, lockOfficeOut, twoWaysIn } from './two-ways-in.js'

let field: TestField
afterEach(() => field?.close())

const zones = [
  ['forward', 'Pacific/Pago_Pago', 'Pacific/Kiritimati'],
  ['back', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'],
] as const

/** A router in the first zone, and a stored revision in the second with `more` beside it. */
async function prepare(from: string, to: string, more: string, undo: string) {
  field = await openTestField(twoWaysIn)
  await field.run(`/system clock set time-zone-autodetect=no time-zone-name=${to}; ${more}`, 'home')
  await field.reachBy('home')
  const { commitSha } = await field.backUp()
  const target = field.router.significantText()
  await field.run(`/system clock set time-zone-name=${from}; ${undo}`, 'home')
  await field.reachBy('office')
  return { commitSha, target, before: field.router.significantText() }
}

describe.each(zones)('a plan that moves the clock %s by a day', { timeout: 120_000 }, (_way, from, to) => {
  it('goes back in time when it also locks us out', async () => {
    const { commitSha, before } = await prepare(from, to, lockOfficeOut, letOfficeIn)
    const started = field.clock.now()

    const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    expect(result).toMatchObject({ status: 'reverted', openForRecovery: false })
    expect(field.clock.now() - started).toBeLessThan(10 * 60_000)
    expect(field.router.significantText()).toBe(before)
    expectClean(field)
  })

  it('is committed by another process, and never fires afterwards', async () => {
    const { commitSha, target } = await prepare(from, to, ':nothing', ':nothing')
    const process = new MortalProcess({ moment: 'after', state: 'pushing' })
    const mortal = field.restart({
      clock: process.clock(field.clock),
      journal: process.journal(field.ports.journal),
      transport: process.transport(field.ports.transport),
      locks: process.wrap(field.ports.locks),
    })
    void mortal.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha, settleWindowMs: 10_000 })
    while (!process.isDead) await field.clock.sleep(1000)
    // At once: a minute later too little of the uptime timer is left, and it fires.
    await (field.ports.locks as InMemoryDeviceLock).expireLease(fieldScope, fieldDevice)

    await field.restart().recoverOperations()
    await field.clock.sleep(2 * 86_400_000)

    const [operation] = await field.tod.restores.list(fieldScope, { deviceId: fieldDevice })
    expect(operation).toMatchObject({ state: 'committed', open: false })
    expect(field.router.significantText()).toBe(target)
    expect(field.router.boots).toBe(0)
    expectClean(field)
  })
})

describe('a time server that answers in the settle window', { timeout: 120_000 }, () => {
  const ntp = '/system ntp client set enabled=yes'
  const noNtp = '/system ntp client set enabled=no'

  /** A plan that switches the time server's client on, and what its answer does to the clock. */
  async function restoreWithStep(date: string, more: string, undo: string) {
    field = await openTestField({
      ...twoWaysIn,
      onState: async (state, { run }) => {
        if (state === 'settling') await run(`/system clock set date=${date}`, 'home')
      },
    })
    await field.run(`${ntp}; ${more}`, 'home')
    await field.reachBy('home')
    const { commitSha } = await field.backUp()
    const target = field.router.significantText()
    await field.run(`${noNtp}; ${undo}`, 'home')
    await field.reachBy('office')
    const before = field.router.significantText()
    const started = field.clock.now()
    const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })
    return { result, target, before, tookMs: field.clock.now() - started }
  }

  it.each(['2031-05-05', '2001-05-05'])('does not fire the guard on a good push: %s', async (date) => {
    const { result, target } = await restoreWithStep(date, ':nothing', ':nothing')
    await field.clock.sleep(2 * 86_400_000)

    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(field.router.significantText()).toBe(target)
    expect(field.router.boots).toBe(0)
    expectClean(field)
  })

  it.each(['2031-05-05', '2001-05-05'])(
    'does not delay the guard when we are locked out: %s',
    async (date) => {
      const { result, before, tookMs } = await restoreWithStep(date, lockOfficeOut, letOfficeIn)

      expect(result).toMatchObject({ status: 'reverted', openForRecovery: false })
      expect(tookMs).toBeLessThan(10 * 60_000)
      expect(field.router.significantText()).toBe(before)
      expectClean(field)
    },
  )
})
