import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { testIds } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ageObjects,
  hasGit,
  looseObjectFiles,
  newRevision,
  openTemporaryRepositories,
} from './temporary-repositories.js'

type Opened = Awaited<ReturnType<typeof openTemporaryRepositories>>
const deviceId = testIds.device1
let opened: Opened

beforeEach(async () => {
  opened = await openTemporaryRepositories()
})

afterEach(async () => {
  await opened.close()
})

async function recordMany(count: number, device: string = deviceId): Promise<string[]> {
  const shas: string[] = []
  for (let at = 0; at < count; at++) {
    const createdAt = Date.UTC(2026, 0, 1 + at)
    shas.push(await opened.record(`${device} ${at}`, { deviceId: device, createdAt }))
  }
  return shas
}

async function exportOf(commitSha: string, device: string = deviceId): Promise<string> {
  const bytes = await opened.store.read(opened.scope, { deviceId: device, commitSha, file: 'export.rsc' })
  return Buffer.from(bytes).toString()
}

async function historyOf(device: string = deviceId): Promise<string[]> {
  const history = await opened.store.history(opened.scope, { deviceId: device })
  return history.map((revision) => revision.commitSha)
}

/** Fails when native git finds anything wrong. */
async function expectFsckClean(): Promise<void> {
  if (!hasGit) return
  const output = await opened.git('fsck', '--strict', '--full')
  expect(output.split('\n').filter((line) => /error|broken|missing|corrupt|bad/.test(line))).toEqual([])
}

/** Drops the revisions at these places. */
async function drop(shas: readonly string[], ...places: number[]) {
  const unwanted = new Set(places.map((at) => shas[at] ?? ''))
  return await opened.maintenance.retain(opened.scope, new Map([[deviceId, unwanted]]))
}

describe('retention', () => {
  it('drops what it is told to and keeps the rest under their shas', async () => {
    const shas = await recordMany(10)

    const { droppedRevisions } = await drop(shas, 0, 1, 4, 5, 7)

    expect(droppedRevisions).toBe(5)
    expect(await historyOf()).toEqual([9, 8, 6, 3, 2].map((at) => shas[at]))
    expect(await exportOf(shas[3] ?? '')).toBe(`export ${deviceId} 3`)
    await expect(exportOf(shas[7] ?? '')).rejects.toMatchObject({ code: 'REVISION_NOT_FOUND' })
    await expectFsckClean()
  })

  it('removes what was dropped at the next compaction, and native git reads what is left', async () => {
    const shas = await recordMany(10)
    await recordMany(3, testIds.device2)
    await drop(shas, 0, 1, 2, 3, 5, 6, 7, 8)
    await ageObjects(opened.gitDirectory)

    const { removedObjects } = await opened.maintenance.compact(opened.scope, { spareMs: 0 })

    expect(removedObjects).toBe(8 * 5)
    expect(await historyOf()).toEqual([shas[9], shas[4]])
    expect(await historyOf(testIds.device2)).toHaveLength(3)
    expect(await exportOf(shas[4] ?? '')).toBe(`export ${deviceId} 4`)
    expect(await looseObjectFiles(opened.gitDirectory)).toEqual([])
    await expectFsckClean()
    if (hasGit) expect((await opened.git('log', '--all', '--format=%H')).trim().split('\n')).toHaveLength(5)
  })

  it.skipIf(!hasGit)(
    'leaves nothing for fsck to report when native git has collected just before',
    async () => {
      const shas = await recordMany(6)
      await opened.git('gc', '--quiet', '--force')

      await drop(shas, 1, 2)

      await expectFsckClean()
    },
  )

  it('never drops the newest revision, whatever it is told', async () => {
    const shas = await recordMany(4)

    await drop(shas, 0, 1, 2, 3)

    expect(await historyOf()).toEqual([shas[3]])
  })

  it('drops nothing that was recorded after the caller had decided, even when all before goes', async () => {
    const seen = await recordMany(2)
    const later = [await opened.record('later 1'), await opened.record('later 2')]

    await drop(seen, 0, 1)

    expect(await historyOf()).toEqual(later.toReversed())
  })

  it('drops kept revisions again when they are not wanted any more', async () => {
    const shas = await recordMany(8)

    await drop(shas, 0, 2, 4, 6)
    await drop(shas, 1, 5)
    await ageObjects(opened.gitDirectory)
    await opened.maintenance.compact(opened.scope, { spareMs: 0 })

    expect(await historyOf()).toEqual([shas[7], shas[3]])
    expect((await readFile(join(opened.gitDirectory, 'shallow'), 'utf8')).trim().split('\n').sort()).toEqual(
      [shas[7], shas[3]].sort(),
    )
    await expectFsckClean()
  })

  it('goes on recording after the history was cut', async () => {
    const shas = await recordMany(5)
    await drop(shas, 0, 1, 2, 3)
    await ageObjects(opened.gitDirectory)
    await opened.maintenance.compact(opened.scope, { spareMs: 0 })

    const next = await opened.record('after')

    expect(await historyOf()).toEqual([next, shas[4]])
    expect(await opened.maintenance.verify(opened.scope)).toMatchObject({ damage: [] })
    await expectFsckClean()
  })

  it('leaves devices alone that it was not asked about', async () => {
    const shas = await recordMany(3)

    await opened.maintenance.retain(opened.scope, new Map())

    expect(await historyOf()).toEqual(shas.toReversed())
  })
})

describe('compaction', () => {
  it('packs loose objects; everything reads as before, also by native git', async () => {
    const shas = await recordMany(6)
    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })

    expect(await looseObjectFiles(opened.gitDirectory)).toEqual([])
    for (const [at, sha] of shas.entries()) expect(await exportOf(sha)).toBe(`export ${deviceId} ${at}`)
    if (hasGit) expect(await opened.git('show', `${shas[2]}:export.rsc`)).toBe(`export ${deviceId} 2`)
    await expectFsckClean()
  })

  it('spares objects that nothing refers to while they are young', async () => {
    const [first] = await recordMany(1)
    const conflict = opened.store.record(opened.scope, newRevision('loser', '0'.repeat(40)))
    await expect(conflict).rejects.toMatchObject({ code: 'STORAGE_CONFLICT' })
    const orphan = await opened.store.record(
      opened.scope,
      newRevision('orphan', null, { deviceId: testIds.device3 }),
    )
    const { unlink } = await import('node:fs/promises')
    await unlink(join(opened.gitDirectory, 'refs/heads/devices', testIds.device3))

    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    if (hasGit) expect(await opened.git('cat-file', '-t', orphan.commitSha)).toBe('commit\n')

    await ageObjects(opened.gitDirectory)
    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    if (hasGit) await expect(opened.git('cat-file', '-t', orphan.commitSha)).rejects.toThrow()
    expect(await historyOf()).toEqual([first])
  })

  it('keeps the number of packs small over many runs', async () => {
    for (let day = 0; day < 30; day++) {
      await opened.record(`day ${day}`)
      await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    }
    const { readdir } = await import('node:fs/promises')
    const packs = (await readdir(join(opened.gitDirectory, 'objects/pack'))).filter((name) =>
      name.endsWith('.pack'),
    )

    expect(packs.length).toBeLessThanOrEqual(8)
    expect(await historyOf()).toHaveLength(30)
    await expectFsckClean()
  })

  it('refuses to remove anything while a commit in use is damaged, and names it', async () => {
    const shas = await recordMany(3)
    const { writeFile, chmod } = await import('node:fs/promises')
    const damaged = join(
      opened.gitDirectory,
      'objects',
      (shas[1] ?? '').slice(0, 2),
      (shas[1] ?? '').slice(2),
    )
    await chmod(damaged, 0o644)
    await writeFile(damaged, 'x')
    await ageObjects(opened.gitDirectory)
    const before = await looseObjectFiles(opened.gitDirectory)

    await expect(opened.maintenance.compact(opened.scope, { spareMs: 0 })).rejects.toMatchObject({
      code: 'STORAGE_CORRUPT',
      details: { item: shas[1] },
    })
    expect(await looseObjectFiles(opened.gitDirectory)).toEqual(before)
  })

  it('brings back what a killed sweep had set aside', async () => {
    const [sha] = await recordMany(1)
    const { rename } = await import('node:fs/promises')
    for (const file of await looseObjectFiles(opened.gitDirectory)) {
      await rename(file, file.replace(/([^/]+)$/, 'tmp_obj_swept_$1'))
    }
    expect(await exportOf(sha ?? '')).toBe(`export ${deviceId} 0`)

    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })

    expect(await exportOf(sha ?? '')).toBe(`export ${deviceId} 0`)
    await expectFsckClean()
  })
})

describe('verify and stats', () => {
  it('names a truncated, an altered and a missing object with their device, and a bad ref', async () => {
    await recordMany(1)
    await recordMany(1, testIds.device2)
    const { chmod, readFile: read, unlink, writeFile } = await import('node:fs/promises')
    const blob = async (device: string, file: string) => {
      const id = await opened.git('rev-parse', `refs/heads/devices/${device}:${file}`)
      return { id: id.trim(), path: join(opened.gitDirectory, 'objects', id.slice(0, 2), id.trim().slice(2)) }
    }
    if (!hasGit) return
    const truncated = await blob(deviceId, 'export.rsc')
    const altered = await blob(deviceId, 'backup.bin')
    const missing = await blob(testIds.device2, 'meta.json')
    for (const { path } of [truncated, altered]) await chmod(path, 0o644)
    await writeFile(truncated.path, (await read(truncated.path)).subarray(0, 9))
    await writeFile(altered.path, await read((await blob(deviceId, 'meta.json')).path))
    await unlink(missing.path)
    await writeFile(join(opened.gitDirectory, 'refs/heads/devices', testIds.device3), '')

    const { damage } = await opened.maintenance.verify(opened.scope)

    expect(damage).toHaveLength(4)
    expect(damage).toContainEqual({ item: truncated.id, kind: 'truncated', deviceId })
    expect(damage).toContainEqual({ item: altered.id, kind: 'hash-mismatch', deviceId })
    expect(damage).toContainEqual({ item: missing.id, kind: 'missing', deviceId: testIds.device2 })
    expect(damage).toContainEqual({
      item: `refs/heads/devices/${testIds.device3}`,
      kind: 'bad-ref',
      deviceId: testIds.device3,
    })
  })

  it('counts devices, revisions and objects', async () => {
    await recordMany(3)
    await recordMany(2, testIds.device2)

    const loose = await opened.maintenance.stats(opened.scope)
    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    const packed = await opened.maintenance.stats(opened.scope)

    expect(loose).toMatchObject({ devices: 2, revisions: 5, looseObjects: 25, packedObjects: 0 })
    expect(packed).toMatchObject({ devices: 2, revisions: 5, looseObjects: 0, packedObjects: 25 })
    expect(packed.allocatedBytes).toBeLessThan(loose.allocatedBytes)
  })
})
