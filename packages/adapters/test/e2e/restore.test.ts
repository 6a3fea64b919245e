import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'
import { backUpWithoutOffice, twoWaysIn } from './two-ways-in.js'

let field: TestField
afterEach(() => field?.close())

describe('a restore over SSH', { timeout: 120_000 }, () => {
  it('brings an old revision back and takes the guard away', async () => {
    field = await openTestField()
    const { commitSha } = await field.backUp()
    const before = field.router.significantText()
    await field.run('/ip firewall address-list add list=blocked address=192.0.2.9')
    await field.run('/system identity set name=changed')

    const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    expect(result).toMatchObject({
      status: 'committed',
      converged: true,
      residual: [],
      openForRecovery: false,
    })
    expect(field.router.significantText()).toBe(before)
    expect(field.router.boots).toBe(0)
    expectClean(field)
  })

  it('ends at once when there is nothing to do', async () => {
    field = await openTestField()
    const { commitSha } = await field.backUp()

    const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(result.timeline.map((entry) => entry.state)).toEqual([
      'locked',
      'backed-up',
      'planned',
      'committed',
    ])
    expectClean(field)
  })

  it('says so when no command can bring back what is missing', async () => {
    field = await openTestField()
    await field.run('/interface vlan add name=v5 interface=ether2 vlan-id=5')
    await field.run('/ip address add address=192.0.2.9/24 interface=v5')
    await field.run('/interface vlan remove v5')
    const { commitSha } = await field.backUp()
    await field.run('/ip address remove [find address="192.0.2.9/24"]')

    const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    expect(result).toMatchObject({ status: 'committed', converged: false })
    expect(result.residual).toHaveLength(1)
    expect(result.message).toBe('No command can bring about what still differs; nothing was pushed.')
    expectClean(field)
  })

  it('reverts by itself when the new configuration locks us out', async () => {
    field = await openTestField(twoWaysIn)
    const commitSha = await backUpWithoutOffice(field)
    const before = field.router.significantText()

    const result = await field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    expect(result).toMatchObject({ status: 'reverted', converged: false, openForRecovery: false })
    expect(result.lockout?.verdict).toBe('lockout')
    expect(field.router.significantText()).toBe(before)
    expect(field.router.boots).toBe(1)
    expectClean(field)
  })

  it('touches nothing when the analysis says lockout and the caller said refuse', async () => {
    field = await openTestField(twoWaysIn)
    const commitSha = await backUpWithoutOffice(field)
    const before = field.router.significantText()

    const restoring = field.tod.restores.restore(fieldScope, {
      deviceId: fieldDevice,
      commitSha,
      onLockout: 'refuse',
    })

    await expect(restoring).rejects.toMatchObject({ code: 'LOCKOUT_REFUSED' })
    expect(field.router.significantText()).toBe(before)
    expect(field.router.boots).toBe(0)
    expectClean(field)
  })
})
