import type { PushState } from '@tod/core'
import { afterEach, describe, expect, it } from 'vitest'
import { expectClean } from './expect-clean.js'
import { MortalProcess } from './mortal-process.js'
import { fieldDevice, fieldScope, openTestField, type TestField } from './test-field.js'

let field: TestField
afterEach(() => field?.close())

/** A router with a changed identity, and the revision from before the change. */
async function prepare() {
  field = await openTestField()
  const { commitSha } = await field.backUp()
  const target = field.router.significantText()
  await field.run('/system identity set name=changed')
  return { commitSha, target, before: field.router.significantText() }
}

/** Starts a restore in a process that dies after it wrote a state. */
async function dieAfter(state: PushState, commitSha: string): Promise<void> {
  const process = new MortalProcess({ moment: 'after', state })
  const mortal = field.restart({
    clock: process.clock(field.clock),
    journal: process.journal(field.ports.journal),
    transport: process.transport(field.ports.transport),
    locks: process.wrap(field.ports.locks),
  })
  void mortal.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })
  while (!process.isDead) await field.clock.sleep(1000)
}

describe('two processes', { timeout: 120_000 }, () => {
  it('that recover the same operation end it once', async () => {
    const { commitSha, target } = await prepare()
    await dieAfter('pushing', commitSha)
    await field.clock.sleep(61_000)

    const outcomes = await Promise.all([
      field.restart().recoverOperations(),
      field.restart().recoverOperations(),
    ])

    const [operation] = await field.tod.restores.list(fieldScope, { deviceId: fieldDevice })
    expect(
      outcomes
        .flat()
        .map((each) => each.outcome)
        .sort(),
    ).toEqual(['busy', 'ended'])
    expect(operation).toMatchObject({ state: 'committed', open: false })
    expect(operation?.timeline.filter((entry) => entry.state === 'committed')).toHaveLength(1)
    expect(field.router.significantText()).toBe(target)
    expectClean(field)
  })

  it('do not push while an operation of the other is open', async () => {
    const { commitSha } = await prepare()
    await dieAfter('armed', commitSha)
    await field.clock.sleep(61_000)

    const restoring = field.restart().restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })

    await expect(restoring).rejects.toMatchObject({ code: 'PUSH_IN_PROGRESS' })
  })

  it('of which one was stopped before its launch: the late launch finds no guard and pushes nothing', async () => {
    const { commitSha, before } = await prepare()
    let release: () => void = () => {}
    const stopped = new Promise<void>((resolve) => {
      release = resolve
    })
    let isHeld = false
    const slow = field.restart({
      transport: {
        connect: async (target, options) => {
          const connection = await field.ports.transport.connect(target, options)
          const exec = connection.exec.bind(connection)
          connection.exec = async (command, execOptions) => {
            if (!isHeld && command.includes(':execute script=')) {
              isHeld = true
              await stopped
            }
            return exec(command, execOptions)
          }
          return connection
        },
      },
    })
    const late = slow.restores
      .restore(fieldScope, { deviceId: fieldDevice, commitSha })
      .catch((error: unknown) => error)
    while (!isHeld) await field.clock.sleep(1000)
    await field.ports.locks.release(
      fieldScope,
      (await field.ports.locks.holder(fieldScope, fieldDevice)) as never,
    )

    const [outcome] = await field.restart().recoverOperations()
    release()
    await late
    await field.clock.sleep(600_000)

    expect(outcome).toMatchObject({ outcome: 'ended', state: 'failed' })
    expect(field.router.significantText()).toBe(before)
    expect(field.router.boots).toBe(0)
    expect(field.router.schedulers()).toEqual([])
  })

  it('of which one cannot write the journal any more: it does nothing more, and the guard decides', async () => {
    const { commitSha, before } = await prepare()
    let isAway = false
    const { journal } = field.ports
    const cut = field.restart({
      journal: {
        open: (...args) => journal.open(...args),
        find: (...args) => journal.find(...args),
        list: (...args) => journal.list(...args),
        listOpen: (...args) => journal.listOpen(...args),
        append: async (scope, id, step, token) => {
          if (step.state === 'settling') isAway = true
          if (isAway) throw new (await import('@tod/core')).StorageUnavailableError({ store: 'database' })
          return journal.append(scope, id, step, token)
        },
      },
    })

    const result = await cut.restores.restore(fieldScope, { deviceId: fieldDevice, commitSha })
    await field.clock.sleep(600_000)
    const [outcome] = await field.restart().recoverOperations()

    expect(result).toMatchObject({ status: 'failed', openForRecovery: true })
    expect(outcome).toMatchObject({ outcome: 'ended', state: 'reverted' })
    expect(field.router.significantText()).toBe(before)
    expect(field.router.boots).toBe(1)
    expectClean(field)
  })
})
