import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { MortalProcess } from './mortal-process.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'
import { backUpWithoutOffice, twoWaysIn } from './two-ways-in.js'

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

  it.each(['6.49.13', '7.9', '7.16.1'])(
    'goes back when it stops half-way on RouterOS %s, and names the statement by what the router lacks',
    async (version) => {
      field = await openTestField({ version })
      const add = '/ip firewall address-list add'
      await field.run(`${add} list=one address=192.0.2.1; ${add} list=two address=192.0.2.2`)
      const { commitSha } = await field.backUp()
      const lines = field.router.exportText({ showSensitive: true }).split('\n')
      await field.run('/ip firewall address-list remove [find]')
      const before = field.router.significantText()
      // Behind the check for the guard and the number of the line.
      const line = 4 + lines.findIndex((text) => text.includes('list=two'))
      field.router.faults.arm({ name: 'fail-import', match: 'plan', line })

      const result = await restore(commitSha, { strategy: 'import' })

      expect(result).toMatchObject({
        status: 'reverted',
        because: {
          reason: 'import-failed',
          statement: '/ip firewall address-list add address=192.0.2.2 list=two',
        },
      })
      expect(result.because?.deviceText === undefined).toBe(version !== '7.16.1')
      expect(field.router.significantText()).toBe(before)
      expectClean(field)
    },
  )

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

const consent = ['binary-restore']

describe('the strategy binary', { timeout: 120_000 }, () => {
  it('loads the stored backup after consent', async () => {
    field = await openTestField(twoWaysIn)
    const { commitSha } = await field.backUp()
    const stored = field.router.significantText()
    await field.run('/system identity set name=changed')

    const result = await restore(commitSha, { strategy: 'binary', consent })

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

  it.each([
    ['serial number', 'HF0000TEST1', 'HF0000TEST2'],
    ['RouterOS version', '7.16.1', '7.17'],
  ])('is refused on a device of another %s, and nothing is touched', async (what, text, another) => {
    field = await openTestField(twoWaysIn)
    const { commitSha } = await field.backUp()
    const { router } = await field.exchange({
      ...twoWaysIn,
      version: what === 'RouterOS version' ? another : '7.16.1',
      config: twoWaysIn.config?.replace(text, another) ?? '',
    })

    await expect(restore(commitSha, { strategy: 'binary', consent })).rejects.toMatchObject({
      code: 'STRATEGY_REFUSED',
      details: { reason: expect.stringContaining(what) },
    })

    expect(router.boots).toBe(0)
    expectClean({ ...field, router })
  })

  it('is refused where it would lock us out, and nothing is touched', async () => {
    field = await openTestField(twoWaysIn)
    const commitSha = await backUpWithoutOffice(field)

    await expect(restore(commitSha, { strategy: 'binary', consent })).rejects.toMatchObject({
      code: 'STRATEGY_REFUSED',
      details: { reason: expect.stringContaining('way in') },
    })

    expect(field.router.boots).toBe(0)
    expectClean(field)
  })

  it('is seen to its end by another process when the first dies as the router boots', async () => {
    field = await openTestField(twoWaysIn)
    const { commitSha } = await field.backUp()
    const stored = field.router.significantText()
    await field.run('/system identity set name=changed')
    const process = new MortalProcess({ moment: 'after', state: 'settling' })
    const mortal = field.restart({
      clock: process.clock(field.clock),
      journal: process.journal(field.ports.journal),
      transport: process.transport(field.ports.transport),
      locks: process.wrap(field.ports.locks),
    })
    const request = { deviceId: fieldDevice, commitSha, strategy: 'binary', consent } as const
    void mortal.restores.restore(fieldScope, request)
    while (!process.isDead) await field.clock.sleep(1000)
    await field.clock.sleep(90_000)

    await field.restart().recoverOperations()

    const [operation] = await field.tod.restores.list(fieldScope, { deviceId: fieldDevice })
    expect(operation).toMatchObject({ state: 'committed', open: false, converged: true })
    expect(field.router.significantText()).toBe(stored)
    expectClean(field)
  })
})
