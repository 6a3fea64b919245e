import { type FileSystem, IsomorphicGitStore, nodeFileSystem } from '@tod/adapters/git'
import { testIds } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newRevision, openTemporaryRepositories } from './temporary-repositories.js'

const deviceId = testIds.device1

/** Where in the change of a ref a process can stand still. */
type Moment = 'has the lock' | 'is about to move it' | 'has moved it'

/** A disk on which whoever changes a ref is held up at one moment, once. */
function slowDisk() {
  const holdUps = new Map<Moment, () => Promise<void>>()
  const at = async (moment: Moment) => {
    const holdUp = holdUps.get(moment)
    holdUps.delete(moment)
    await holdUp?.()
  }
  const fs: FileSystem = {
    ...nodeFileSystem,
    open: async (path, flags, mode) => {
      const handle = await nodeFileSystem.open(path, flags, mode)
      if (String(path).endsWith('.lock')) await at('has the lock')
      return handle
    },
    rename: async (from, to) => {
      const isCommit = from === `${String(to)}.lock`
      if (isCommit) await at('is about to move it')
      await nodeFileSystem.rename(from, to)
      if (isCommit) await at('has moved it')
    },
  }
  return { fs, holdUp: (moment: Moment, until: () => Promise<void>) => holdUps.set(moment, until) }
}

function signal() {
  let give = (): void => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give }
}

describe('a writer that stands still until its lock is taken over', () => {
  let opened: Awaited<ReturnType<typeof openTemporaryRepositories>>
  let parent: string
  let slow: IsomorphicGitStore
  let slowHold: ReturnType<typeof slowDisk>['holdUp']
  let other: IsomorphicGitStore
  let otherHold: ReturnType<typeof slowDisk>['holdUp']

  beforeEach(async () => {
    opened = await openTemporaryRepositories()
    parent = await opened.record('first')
    const [slowOne, otherOne] = [slowDisk(), slowDisk()]
    const lock = { waitMs: 20_000, staleAfterMs: 20 }
    slow = new IsomorphicGitStore({ root: opened.root, lock, fs: slowOne.fs })
    other = new IsomorphicGitStore({ root: opened.root, lock, fs: otherOne.fs })
    slowHold = slowOne.holdUp
    otherHold = otherOne.holdUp
  })
  afterEach(async () => {
    await slow.close()
    await other.close()
    await opened.close()
  })

  const record = async (store: IsomorphicGitStore, text: string, after = parent) =>
    (await store.record(opened.scope, newRevision(text, after))).commitSha
  const listed = async () =>
    (await opened.store.history(opened.scope, { deviceId })).map((revision) => revision.commitSha)
  const conflict = { code: 'STORAGE_CONFLICT' }

  it.each(['has the lock', 'is about to move it'] as const)(
    'when it %s is told of the conflict, and the other one’s revision stays',
    async (moment) => {
      let others = ''
      slowHold(moment, async () => {
        others = await record(other, 'by the other')
      })

      await expect(record(slow, 'by the slow one')).rejects.toMatchObject(conflict)

      expect(await listed()).toEqual([others, parent])
    },
  )

  it('and then moves the lock of the next one, does not take that for its own revision', async () => {
    const [isReady, isOver] = [signal(), signal()]
    let others: Promise<string> | undefined
    slowHold('is about to move it', async () => {
      otherHold('is about to move it', async () => {
        isReady.give()
        await isOver.given
      })
      others = record(other, 'by the other')
      await isReady.given
    })

    await expect(record(slow, 'by the slow one')).rejects.toMatchObject(conflict)
    isOver.give()

    expect(await listed()).toEqual([await others, parent])
  })

  it('and then moves the empty lock of the next one, loses nothing that was acknowledged', async () => {
    const [isReady, isOver] = [signal(), signal()]
    let others: Promise<unknown> | undefined
    slowHold('is about to move it', async () => {
      otherHold('has the lock', async () => {
        isReady.give()
        await isOver.given
      })
      others = record(other, 'by the other').catch((error: unknown) => error)
      await isReady.given
    })

    await expect(record(slow, 'by the slow one')).rejects.toMatchObject(conflict)
    isOver.give()

    expect(await others).toMatchObject(conflict)
    expect(await listed()).toContain(parent)
    expect((await opened.maintenance.verify(opened.scope)).damage).toEqual([])
    const next = await record(opened.store, 'next', (await listed())[0])
    expect((await listed())[0]).toBe(next)
  })

  it('is right about its own revision when others have followed before it looks', async () => {
    let last = ''
    slowHold('has moved it', async () => {
      const head = await other.head(opened.scope, deviceId)
      last = await record(other, 'by the other', head?.commitSha)
    })

    const own = await record(slow, 'by the slow one')

    expect(await listed()).toEqual([last, own, parent])
  })
})
