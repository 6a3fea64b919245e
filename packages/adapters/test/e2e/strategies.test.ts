import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'
import { twoWaysIn } from './two-ways-in.js'

let field: TestField
afterEach(() => field?.close())

const restore = (commitSha: string, request: object) =>
  field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha, ...request })

describe('the strategy import', { timeout: 120_000 }, () => {
  it('brings an emptied router to the stored export', async () => {
    field = await openTestField()
    await field.run('/ip firewall address-list add list=one address=192.0.2.1')
    await field.run('/system identity set name=office')
    const { commitSha } = await field.backUp()
    const stored = field.router.significantText()
    await field.run('/ip firewall address-list remove [find]')
    await field.run('/system identity set name=MikroTik')

    const result = await restore(commitSha, { strategy: 'import' })

    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(field.router.significantText()).toBe(stored)
    expectClean(field)
  })

  it('is refused on a router that has what it would add', async () => {
    field = await openTestField()
    await field.run('/ip firewall address-list add list=one address=192.0.2.1')
    const { commitSha } = await field.backUp()
    await field.run('/system identity set name=changed')

    await expect(restore(commitSha, { strategy: 'import' })).rejects.toMatchObject({
      code: 'STRATEGY_REFUSED',
    })
    expectClean(field)
  })
})

describe('the strategy binary', { timeout: 120_000 }, () => {
  it('loads the stored backup after consent', async () => {
    field = await openTestField(twoWaysIn)
    const { commitSha } = await field.backUp()
    const stored = field.router.significantText()
    await field.run('/system identity set name=changed')

    const result = await restore(commitSha, { strategy: 'binary', consent: ['binary-restore'] })

    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(result.message).not.toContain('guard')
    expect(field.router.significantText()).toBe(stored)
    expect(field.router.boots).toBe(1)
    expectClean(field)
  })

  it('is refused without consent, and nothing is touched', async () => {
    field = await openTestField(twoWaysIn)
    const { commitSha } = await field.backUp()
    await field.run('/system identity set name=changed')

    await expect(restore(commitSha, { strategy: 'binary' })).rejects.toMatchObject({
      code: 'CONSENT_REQUIRED',
    })

    expect(field.router.boots).toBe(0)
    expectClean(field)
  })
})
