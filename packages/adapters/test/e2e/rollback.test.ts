import type { InMemoryDeviceLock } from '@tod/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { MortalProcess } from './mortal-process.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'
import { backUpWithoutOffice, twoWaysIn } from './two-ways-in.js'

let field: TestField
afterEach(() => field?.close())

const rollBack = () => field.tod.rollbacks.rollBack(fieldScope, { deviceId: fieldDevice })

describe('an emergency rollback', { timeout: 120_000 }, () => {
  it('goes back to what was there before the last restore', async () => {
    field = await openTestField()
    const { commitSha } = await field.backUp()
    await field.run('/system identity set name=good')
    const good = field.router.significantText()
    const restored = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    const result = await rollBack()

    expect(result).toMatchObject({
      status: 'committed',
      converged: true,
      rolledBackTo: restored.preBackupSha,
    })
    expect(field.router.significantText()).toBe(good)
    expectClean(field)
  })

  it('does not bring the broken configuration back on a second click', async () => {
    field = await openTestField()
    await field.run('/system identity set name=good')
    await field.backUp('checkpoint')
    const good = field.router.significantText()
    await field.run('/system identity set name=broken')

    await rollBack()
    const second = await rollBack()

    expect(second).toMatchObject({ status: 'committed', converged: true })
    expect(field.router.significantText()).toBe(good)
    const triggers = (await field.tod.backups.list(fieldScope, { deviceId: fieldDevice })).map(
      (entry) => entry.trigger,
    )
    expect(triggers).toEqual(['pre-rollback', 'pre-rollback', 'checkpoint'])
  })

  it('has nowhere to go without a backup from before a push', async () => {
    field = await openTestField()
    await field.backUp()

    await expect(rollBack()).rejects.toMatchObject({ code: 'NO_ROLLBACK_TARGET' })
  })

  it('waits for the guard of a push whose process died when it had locked us out', async () => {
    field = await openTestField(twoWaysIn)
    const commitSha = await backUpWithoutOffice(field)
    const before = field.router.significantText()
    const process = new MortalProcess({ moment: 'after', state: 'settling' })
    const mortal = field.restart({
      clock: process.clock(field.clock),
      journal: process.journal(field.ports.journal),
      transport: process.transport(field.ports.transport),
      locks: process.wrap(field.ports.locks),
    })
    void mortal.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })
    while (!process.isDead) await field.clock.sleep(1000)
    await (field.ports.locks as InMemoryDeviceLock).expireLease(fieldScope, fieldDevice)

    const result = await rollBack()

    const [, lost] = await field.tod.restores.list(fieldScope, { deviceId: fieldDevice })
    expect(lost).toMatchObject({ state: 'reverted', open: false })
    expect(result).toMatchObject({ status: 'committed', rolledBackTo: lost?.preBackupSha })
    expect(field.router.significantText()).toBe(before)
    expectClean(field)
  })

  it('waits for a router that is booting', async () => {
    field = await openTestField()
    await field.run('/system identity set name=good')
    await field.backUp('checkpoint')
    await field.run('/system identity set name=broken')
    field.router.reboot('reboot')

    const result = await rollBack()

    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(field.router.boots).toBe(1)
  })
})
