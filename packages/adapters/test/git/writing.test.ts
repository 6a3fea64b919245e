import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type FileSystem, IsomorphicGitStore, nodeFileSystem } from '@tod/adapters/git'
import { testIds, testScope } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newRevision, openTemporaryRepositories } from './temporary-repositories.js'

type Opened = Awaited<ReturnType<typeof openTemporaryRepositories>>
const deviceId = testIds.device1
let opened: Opened
let steps: string[]

/** Notes what reaches the disk, and when it is forced there. */
function tracingFileSystem(): FileSystem {
  const kindOf = (path: string) =>
    path.includes('/refs/') ? 'ref' : path.includes('/objects/') ? 'object' : 'other'
  return {
    ...nodeFileSystem,
    open: async (path, flags, mode) => {
      const handle = await nodeFileSystem.open(path, flags, mode)
      const isFolder = (await handle.stat()).isDirectory()
      const sync = handle.sync.bind(handle)
      handle.sync = async () => {
        await sync()
        steps.push(`sync ${isFolder ? 'folder' : 'file'} ${String(path)}`)
      }
      return handle
    },
    rename: async (from, to) => {
      await nodeFileSystem.rename(from, to)
      steps.push(`rename ${kindOf(String(to))} ${String(from)} ${String(to)}`)
    },
  }
}

beforeEach(async () => {
  steps = []
  opened = await openTemporaryRepositories(tracingFileSystem())
})

afterEach(async () => {
  await opened.close()
})

describe('a revision on its way to the disk', () => {
  it('is forced there file by file before it gets its name, folder by folder after, and its ref comes last', async () => {
    await opened.record('first')
    steps.length = 0

    await opened.record('second')

    const renames = steps.map((step, at) => ({ step, at })).filter(({ step }) => step.startsWith('rename'))
    expect(renames).toHaveLength(6)
    expect(renames.map(({ step }) => step.split(' ')[1])).toEqual([...Array(5).fill('object'), 'ref'])
    for (const { step, at } of renames) {
      const [, , from = '', to = ''] = step.split(' ')
      expect(steps.slice(0, at)).toContain(`sync file ${from}`)
      expect(steps.slice(at)).toContain(`sync folder ${dirname(to)}`)
    }
    const refAt = renames.at(-1)?.at ?? 0
    const lastObject = renames.at(-2)
    const folder = dirname(lastObject?.step.split(' ')[3] ?? '')
    expect(steps.slice(lastObject?.at, refAt)).toContain(`sync folder ${folder}`)
    expect(steps.at(-1)).toMatch(/^sync folder .*refs/)
  })

  it('stores content once that is equal', async () => {
    await opened.record('same')
    const objects = () => steps.filter((step) => step.startsWith('rename object')).length
    const before = objects()

    await opened.record('same')

    // A commit alone: its parent differs; tree and blobs are there.
    expect(objects() - before).toBe(1)
  })

  it('leaves no temporary file and no lock behind', async () => {
    await opened.record('1')
    await opened.record('2')

    const names = await readdir(opened.gitDirectory, { recursive: true })
    expect(names.filter((name) => /tmp_|\.lock/.test(name))).toEqual([])
  })
})

describe('a revision that takes content over from the newest one', () => {
  it('reads as many objects whatever the device has behind it', async () => {
    const readAfter = async (revisions: number, of: string): Promise<number> => {
      let reads = 0
      const fs: FileSystem = {
        ...nodeFileSystem,
        readFile: ((path, options) => {
          if (String(path).includes('/objects/')) reads++
          return nodeFileSystem.readFile(path, options)
        }) as FileSystem['readFile'],
      }
      for (let number = 1; number < revisions; number++)
        await opened.record(`${of} ${number}`, { deviceId: of })
      const tip = await opened.record(`${of} last`, { deviceId: of })
      const store = new IsomorphicGitStore({ root: opened.root, fs })
      const kept = { keepFrom: tip }
      await store.record(
        testScope(),
        newRevision('next', tip, {
          deviceId: of,
          files: { 'export.rsc': kept, 'backup.bin': kept, 'meta.json': Buffer.from(of) },
        }),
      )
      await store.close()
      return reads
    }

    const afterFew = await readAfter(2, testIds.device1)
    const afterMany = await readAfter(40, testIds.device2)

    expect(afterFew).toBeGreaterThan(2)
    expect(afterMany).toBe(afterFew)
  })
})

describe('a folder of objects that native git removes because it is empty', () => {
  it('is made again, also when it goes between its making and its use', async () => {
    await opened.record('first')
    let removals = 0
    const fs: FileSystem = {
      ...nodeFileSystem,
      mkdir: (async (path: string) => {
        await nodeFileSystem.mkdir(path)
        if (removals++ < 3) await nodeFileSystem.rmdir(path)
      }) as FileSystem['mkdir'],
    }
    const store = new IsomorphicGitStore({ root: opened.root, fs })

    const revision = newRevision('of another device', null, { deviceId: testIds.device2 })
    const { commitSha } = await store.record(opened.scope, revision)

    expect(removals).toBeGreaterThan(3)
    expect((await store.head(opened.scope, testIds.device2))?.commitSha).toBe(commitSha)
  })
})

describe('locks', () => {
  const lockPath = () => join(opened.gitDirectory, 'refs/heads/devices', `${deviceId}.lock`)

  it('of another writer are waited for, and the caller is told when they last', async () => {
    const parent = await opened.record('1')
    await writeFile(lockPath(), '')
    const store = new IsomorphicGitStore({ root: opened.root, lock: { waitMs: 30 } })

    await expect(store.record(opened.scope, newRevision('2', parent))).rejects.toMatchObject({
      code: 'STORAGE_CONFLICT',
    })
    expect((await store.head(opened.scope, deviceId))?.commitSha).toBe(parent)
  })

  it('that a killed process left behind are taken over', async () => {
    const parent = await opened.record('1')
    await writeFile(lockPath(), '')
    await utimes(lockPath(), 0, 0)

    const { parentSha } = await opened.store.record(opened.scope, newRevision('2', parent))

    expect(parentSha).toBe(parent)
    expect(await readdir(dirname(lockPath()))).toEqual([deviceId])
  })
})

describe('ids that are no names', () => {
  const bad = [
    '..',
    '.',
    '../other',
    'a/b',
    'a\\b',
    '',
    'x.lock',
    '.hidden',
    'a\0b',
    'a b',
    '-x',
    'x'.repeat(200),
    'a..b',
  ]

  it('of devices are refused for writing and not found for reading, and no file is made', async () => {
    await opened.record('1')
    const before = (await readdir(opened.root, { recursive: true })).sort()
    for (const id of bad) {
      await expect(
        opened.store.record(opened.scope, newRevision('x', null, { deviceId: id })),
      ).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      })
      expect(await opened.store.head(opened.scope, id)).toBeUndefined()
      expect(await opened.store.history(opened.scope, { deviceId: id })).toEqual([])
    }
    expect((await readdir(opened.root, { recursive: true })).sort()).toEqual(before)
  })

  it('of tenants reach nothing outside the root', async () => {
    await mkdir(join(opened.root, 'inside'))
    const store = new IsomorphicGitStore({ root: join(opened.root, 'inside') })
    for (const id of bad) {
      await expect(store.record(testScope(id), newRevision('x', null))).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      })
    }
    expect(await readdir(join(opened.root, 'inside'))).toEqual([])
    expect(await readdir(opened.root)).toEqual(['inside'])
  })
})
