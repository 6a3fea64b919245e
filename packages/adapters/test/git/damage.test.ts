import { chmod, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IsomorphicGitStore } from '@tod/adapters/git'
import { testIds } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { looseObjectFiles, newRevision, openTemporaryRepositories } from './temporary-repositories.js'

type Opened = Awaited<ReturnType<typeof openTemporaryRepositories>>
const deviceId = testIds.device1
let opened: Opened

beforeEach(async () => {
  opened = await openTemporaryRepositories()
})

afterEach(async () => {
  await opened.close()
})

function refFile(device: string = deviceId): string {
  return join(opened.gitDirectory, 'refs/heads/devices', device)
}

async function damageAllObjects(damage: (bytes: Buffer) => Buffer): Promise<void> {
  for (const file of await looseObjectFiles(opened.gitDirectory)) {
    await chmod(file, 0o644)
    await writeFile(file, damage(await readFile(file)))
  }
}

/** Another process: nothing remembered. */
function anotherStore(): IsomorphicGitStore {
  return new IsomorphicGitStore({ root: opened.root })
}

describe('a damaged object', () => {
  const damages: Record<string, (bytes: Buffer) => Buffer> = {
    truncated: (bytes) => bytes.subarray(0, bytes.length - 8),
    empty: () => Buffer.alloc(0),
    'full of zeros': (bytes) => Buffer.alloc(bytes.length),
  }
  for (const [name, damage] of Object.entries(damages)) {
    it(`that is ${name} is reported by name and healed by the next write of the same content`, async () => {
      const commitSha = await opened.record('content')
      await damageAllObjects(damage)
      await expect(anotherStore().head(opened.scope, deviceId)).rejects.toMatchObject({
        code: 'STORAGE_CORRUPT',
        details: { item: commitSha },
      })
      await unlink(refFile())

      const again = await opened.store.record(opened.scope, newRevision('content', null))

      expect(again.commitSha).toBe(commitSha)
      expect(await opened.maintenance.verify(opened.scope)).toMatchObject({ checkedObjects: 5, damage: [] })
    })
  }

  it('that holds the content of another one is refused', async () => {
    const commitSha = await opened.record('content')
    const head = await opened.store.head(opened.scope, deviceId)
    expect(head?.commitSha).toBe(commitSha)
    const files = await looseObjectFiles(opened.gitDirectory)
    const contents = await Promise.all(files.map((file) => readFile(file)))
    for (const [at, file] of files.entries()) {
      await chmod(file, 0o644)
      await writeFile(file, contents[(at + 1) % files.length] ?? '')
    }

    await expect(
      anotherStore().read(opened.scope, { deviceId, commitSha, file: 'export.rsc' }),
    ).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' })
  })
})

describe('a damaged commit in the middle of a history', () => {
  async function damageSecondOfFour(): Promise<string[]> {
    const shas: string[] = []
    for (const text of ['1', '2', '3', '4']) shas.push(await opened.record(text))
    const second = shas[1] ?? ''
    const file = join(opened.gitDirectory, 'objects', second.slice(0, 2), second.slice(2))
    await chmod(file, 0o644)
    await writeFile(file, '')
    return shas
  }

  it('leaves what is newer readable and backups going on, and never passes for the end of the history', async () => {
    const shas = await damageSecondOfFour()
    const [, second, third, fourth = ''] = shas
    const store = anotherStore()
    const corrupt = { code: 'STORAGE_CORRUPT', details: { item: second } }
    const read = { deviceId, commitSha: third ?? '', file: 'export.rsc' } as const

    expect(Buffer.from(await store.read(opened.scope, read)).toString()).toBe('export 3')
    expect(await store.resolve(opened.scope, { deviceId, prefix: fourth.slice(0, 10) })).toBe(fourth)
    const newest = await store.history(opened.scope, { deviceId, limit: 2 })
    expect(newest.map((revision) => revision.commitSha)).toEqual([fourth, third])
    await expect(store.history(opened.scope, { deviceId })).rejects.toMatchObject(corrupt)
    await expect(store.read(opened.scope, { ...read, commitSha: shas[0] ?? '' })).rejects.toMatchObject(
      corrupt,
    )
    const files = { 'export.rsc': { keepFrom: fourth }, 'meta.json': Buffer.from('meta') }
    const next = await store.record(opened.scope, newRevision('5', fourth, { files }))
    expect((await store.head(opened.scope, deviceId))?.commitSha).toBe(next.commitSha)
  })

  it('costs retention an error and no revision', async () => {
    const [, , third = ''] = await damageSecondOfFour()

    await expect(
      opened.maintenance.retain(opened.scope, new Map([[deviceId, new Set([third])]])),
    ).rejects.toMatchObject({ code: 'STORAGE_CORRUPT' })
    const newest = await opened.store.history(opened.scope, { deviceId, limit: 2 })
    expect(newest).toHaveLength(2)
  })
})

describe('a damaged ref', () => {
  for (const [name, bytes] of [
    ['empty', ''],
    ['cut', 'abc'],
    ['full of zeros', '\0'.repeat(41)],
  ] as const) {
    it(`that is ${name} loses no history: it is healed and reported`, async () => {
      const shas = [await opened.record('1'), await opened.record('2'), await opened.record('3')]
      await opened.record('other', { deviceId: testIds.device2 })
      await writeFile(refFile(), bytes)
      const healed: unknown[] = []
      const store = new IsomorphicGitStore({ root: opened.root, onHealed: (damage) => healed.push(damage) })

      const head = await store.head(opened.scope, deviceId)

      expect(head?.commitSha).toBe(shas[2])
      expect((await store.history(opened.scope, { deviceId })).map((revision) => revision.commitSha)).toEqual(
        shas.toReversed(),
      )
      expect(healed).toEqual([
        {
          item: `refs/heads/devices/${deviceId}`,
          kind: 'bad-ref',
          deviceId,
          tenantId: opened.scope.tenantId,
        },
      ])
      expect(await readFile(refFile(), 'utf8')).toBe(`${shas[2]}\n`)
    })
  }

  it('is healed from packed commits too', async () => {
    const shas = [await opened.record('1'), await opened.record('2')]
    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    await writeFile(refFile(), '')

    expect((await anotherStore().head(opened.scope, deviceId))?.commitSha).toBe(shas[1])
  })

  it('never becomes the start of a new history', async () => {
    const first = await opened.record('1')
    await writeFile(refFile(), '')

    await expect(anotherStore().record(opened.scope, newRevision('2', null))).rejects.toMatchObject({
      code: 'STORAGE_CONFLICT',
    })
    const { parentSha } = await anotherStore().record(opened.scope, newRevision('2', first))
    expect(parentSha).toBe(first)
  })

  it('of a device without any commit stays an error', async () => {
    await opened.record('1')
    await writeFile(refFile(testIds.device2), '')

    await expect(opened.store.head(opened.scope, testIds.device2)).rejects.toMatchObject({
      code: 'STORAGE_CORRUPT',
      details: { item: `refs/heads/devices/${testIds.device2}` },
    })
  })

  it('of a revision that retention kept loses nothing: its name says what it held', async () => {
    const shas = [await opened.record('1'), await opened.record('2'), await opened.record('3')]
    const [oldest = '', middle = '', newest = ''] = shas
    const drop = new Map([[deviceId, new Set([middle])]])
    await opened.maintenance.retain(opened.scope, drop)
    const file = join(opened.gitDirectory, 'refs/tod/keep', deviceId, oldest)
    await writeFile(file, '')

    await opened.maintenance.compact(opened.scope, { spareMs: 0 })

    const history = await anotherStore().history(opened.scope, { deviceId })
    expect(history.map((revision) => revision.commitSha)).toEqual([newest, oldest])
    const read = { deviceId, commitSha: oldest, file: 'export.rsc' } as const
    expect(Buffer.from(await anotherStore().read(opened.scope, read)).toString()).toBe('export 1')
    expect((await opened.maintenance.verify(opened.scope)).damage).toMatchObject([
      { item: `refs/tod/keep/${deviceId}/${oldest}`, kind: 'bad-ref', deviceId },
    ])
    await opened.maintenance.retain(opened.scope, drop)
    expect(await readFile(file, 'utf8')).toBe(`${oldest}\n`)
  })
})
