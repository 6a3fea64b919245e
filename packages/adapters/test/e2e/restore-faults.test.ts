import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import {
  fieldDevice,
  fieldScope,
  openTestField,
  type TestField,
  type TestFieldOptions,
} from './test-field.js'

let field: TestField
afterEach(() => field?.close())

/** A stored revision that differs from the router in three items. */
async function prepare(options: TestFieldOptions = {}) {
  field = await openTestField(options)
  const { commitSha } = await field.backUp()
  const stored = field.router.significantText()
  await field.run('/ip firewall address-list add list=one address=192.0.2.1')
  await field.run('/ip firewall address-list add list=two address=192.0.2.2')
  await field.run('/system identity set name=changed')
  const present = field.router.significantText()
  const restore = (request: Partial<Parameters<typeof field.tod.restores.restore>[1]> = {}) =>
    field.tod.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha, ...request })
  return { commitSha, stored, present, restore }
}

describe('a push that meets a fault', { timeout: 120_000 }, () => {
  it('goes back at once when the import fails part-way, and names the statement', async () => {
    const { present, restore } = await prepare({
      faults: [{ name: 'fail-import', match: 'plan', line: 14 }],
    })
    const started = field.clock.now()

    const result = await restore()

    expect(result).toMatchObject({
      status: 'reverted',
      because: {
        reason: 'import-failed',
        statementIndex: 2,
        statement: expect.stringContaining('address-list remove'),
      },
    })
    expect(field.router.significantText()).toBe(present)
    expect(field.router.boots).toBe(1)
    expect(field.clock.now() - started).toBeLessThan(120_000)
    expectClean(field)
  })

  it('ends failed without a reboot when the import fails before anything was applied', async () => {
    const { present, restore } = await prepare({
      faults: [{ name: 'fail-import', match: 'plan', line: 2 }],
    })

    const result = await restore()

    expect(result).toMatchObject({
      status: 'failed',
      openForRecovery: false,
      because: { reason: 'import-failed' },
    })
    expect(field.router.significantText()).toBe(present)
    expect(field.router.boots).toBe(0)
    expectClean(field)
  })

  it('commits although the connection is lost right after the launch', async () => {
    const { stored, restore } = await prepare({
      faults: [{ name: 'drop', on: 'command-end', match: ':execute script=' }],
    })

    const result = await restore()

    expect(result).toMatchObject({ status: 'committed', converged: true })
    expect(field.router.significantText()).toBe(stored)
    expectClean(field)
  })

  it('pushes nothing when the guard is refused', async () => {
    const { present, restore } = await prepare({ faults: [{ name: 'refuse-guard' }] })

    await expect(restore()).rejects.toMatchObject({ code: 'GUARD_NOT_ARMED' })

    expect(field.router.significantText()).toBe(present)
    expect(await field.tod.ports.journal.list(fieldScope, fieldDevice)).toMatchObject([
      { state: 'aborted', open: false, errorCode: 'GUARD_NOT_ARMED' },
    ])
    expectClean(field)
  })

  it('pushes nothing when the router was changed after the plan was made', async () => {
    const { restore } = await prepare({
      onState: async (state, { run }) => {
        if (state === 'armed') await run('/system identity set name=edited')
      },
    })

    await expect(restore()).rejects.toMatchObject({ code: 'DEVICE_CHANGED' })

    expect(field.router.significantText()).toContain('name=edited')
    expectClean(field)
  })

  it('refuses a device on which a guard of somebody else is', async () => {
    const { restore } = await prepare()
    const name = 'tod-guard-00000000000000ff'
    await field.run(`/system scheduler add name=${name} interval=1h on-event=":log info x"`)

    await expect(restore()).rejects.toMatchObject({ code: 'PUSH_IN_PROGRESS', details: { seen: 'guard' } })

    expect(field.router.schedulers().map((entry) => entry.name)).toEqual([name])
  })

  it('refuses a second push while one is under way', async () => {
    const second: Promise<unknown>[] = []
    const { commitSha, restore } = await prepare({
      onState: (state, { tod }) => {
        if (state === 'armed') {
          second.push(
            tod.restores
              .restore(fieldScope, { deviceId: fieldDevice, commitSha })
              .catch((error: unknown) => error),
          )
        }
      },
    })

    const result = await restore()

    expect(result.status).toBe('committed')
    expect(await second[0]).toMatchObject({ code: 'PUSH_IN_PROGRESS' })
  })

  it('stops cleanly when it is cancelled before the launch', async () => {
    const cancel = new AbortController()
    const { present, restore } = await prepare({
      onState: (state) => {
        if (state === 'armed') cancel.abort()
      },
    })

    await expect(restore({ signal: cancel.signal })).rejects.toMatchObject({ code: 'OPERATION_ABORTED' })

    expect(field.router.significantText()).toBe(present)
    expect(field.router.boots).toBe(0)
    expectClean(field)
  })

  it('goes back when it is cancelled after the launch', async () => {
    const cancel = new AbortController()
    const { present, restore } = await prepare({
      onState: (state) => {
        if (state === 'settling') cancel.abort()
      },
    })

    const result = await restore({ signal: cancel.signal })

    expect(result).toMatchObject({ status: 'reverted', because: { reason: 'cancelled' } })
    expect(field.router.significantText()).toBe(present)
    expectClean(field)
  })

  it('goes back when a check of the caller does not pass', async () => {
    const { present, restore } = await prepare()

    const result = await restore({ probes: [{ kind: 'interface-running', name: 'no-such-interface' }] })

    expect(result).toMatchObject({ status: 'reverted', because: { reason: 'probe-failed' } })
    expect(result.probes).toMatchObject([{ passed: false }])
    expect(field.router.significantText()).toBe(present)
    expectClean(field)
  })

  it('keeps a push with differences and reports them, when told to', async () => {
    const { restore } = await prepare({
      onState: async (state, { run }) => {
        if (state === 'settling') await run('/system note set note=edited')
      },
    })

    const result = await restore({ onResidual: 'keep' })

    expect(result).toMatchObject({
      status: 'committed',
      converged: false,
      residual: [{ menu: '/system note' }],
    })
    expectClean(field)
  })

  it('goes back on differences, when told to', async () => {
    const { present, restore } = await prepare({
      onState: async (state, { run }) => {
        if (state === 'settling') await run('/system note set note=edited')
      },
    })

    const result = await restore({ onResidual: 'revert' })

    expect(result).toMatchObject({ status: 'reverted', because: { reason: 'residual' } })
    expect(field.router.significantText()).toBe(present)
    expectClean(field)
  })

  it('refuses a plan hash of a preview when the router has changed since', async () => {
    const { commitSha, restore } = await prepare()
    const { planHash } = await field.tod.previews.preview(fieldScope, { deviceId: fieldDevice, commitSha })
    await field.run('/system note set note=edited')

    await expect(restore({ expectedPlanHash: planHash })).rejects.toMatchObject({ code: 'DEVICE_CHANGED' })

    expectClean(field)
  })

  it('accepts the plan hash of a preview while nothing has changed', async () => {
    const { commitSha, restore } = await prepare()
    const { planHash } = await field.tod.previews.preview(fieldScope, { deviceId: fieldDevice, commitSha })

    expect(await restore({ expectedPlanHash: planHash })).toMatchObject({ status: 'committed', planHash })
  })
})
