import { readdir, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type FileSystem,
  GitRepositoryMaintenance,
  IsomorphicGitStore,
  nodeFileSystem,
} from '@tod/adapters/git'
import { testIds } from '@tod/core/testing'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OidSet } from '../../src/git/oid-set.js'
import { ageObjects, hasGit, newRevision, openTemporaryRepositories } from './temporary-repositories.js'

type Opened = Awaited<ReturnType<typeof openTemporaryRepositories>>
const deviceId = testIds.device1
let opened: Opened

beforeEach(async () => {
  opened = await openTemporaryRepositories()
})

afterEach(async () => {
  await opened.close()
})

/** A disk on which something happens right after the first file was moved to a place that matches. */
function whenMovedAside(pattern: RegExp, happening: () => Promise<unknown>): FileSystem {
  let isDue = true
  return {
    ...nodeFileSystem,
    rename: async (from, to) => {
      await nodeFileSystem.rename(from, to)
      if (isDue && pattern.test(String(to))) {
        isDue = false
        await happening()
      }
    },
  }
}

/** Records a revision and takes its ref away: its objects are there, and nothing refers to them. */
async function leaveOrphan(text: string): Promise<void> {
  await opened.store.record(opened.scope, newRevision(text, null, { deviceId: testIds.device3 }))
  const { unlink } = await import('node:fs/promises')
  await unlink(join(opened.gitDirectory, 'refs/heads/devices', testIds.device3))
}

const packFolder = () => join(opened.gitDirectory, 'objects', 'pack')

describe('a sweep', () => {
  it('puts back a loose object that a writer has begun to use at that very moment', async () => {
    await opened.record('kept')
    await leaveOrphan('wanted again')
    await ageObjects(opened.gitDirectory)
    let path = ''
    const fs = whenMovedAside(/tmp_obj_swept_/, async () => {
      // What the writer's freshening does when it came just before the move: the time goes with the file.
      const folders = await readdir(join(opened.gitDirectory, 'objects'))
      for (const folder of folders.filter((name) => /^[0-9a-f]{2}$/.test(name))) {
        const names = await readdir(join(opened.gitDirectory, 'objects', folder))
        const aside = names.find((name) => name.startsWith('tmp_obj_swept_'))
        if (aside === undefined) continue
        path = join(opened.gitDirectory, 'objects', folder, aside)
        await utimes(path, new Date(), new Date())
      }
    })

    const { removedObjects } = await new GitRepositoryMaintenance({ root: opened.root, fs }).compact(
      opened.scope,
      {
        spareMs: 60_000,
      },
    )

    expect(path).not.toBe('')
    expect(removedObjects).toBe(4)
    expect((await stat(path.replace('tmp_obj_swept_', ''))).isFile()).toBe(true)
  })

  it.skipIf(!hasGit)(
    'leaves a pack alone that a writer has begun to use while its index was set aside',
    async () => {
      await opened.record('kept')
      await leaveOrphan('wanted again')
      const keepOrphans = new GitRepositoryMaintenance({ root: opened.root })
      await writeFile(
        join(opened.gitDirectory, 'refs/heads/devices', testIds.device3),
        `${await orphanCommit()}\n`,
      )
      await keepOrphans.compact(opened.scope, { spareMs: 60_000 })
      const { unlink } = await import('node:fs/promises')
      await unlink(join(opened.gitDirectory, 'refs/heads/devices', testIds.device3))
      await ageObjects(opened.gitDirectory)
      const [pack = ''] = (await readdir(packFolder())).filter((name) => name.endsWith('.pack'))
      const fs = whenMovedAside(/tod-aside$/, () => utimes(join(packFolder(), pack), new Date(), new Date()))

      const upkeep = new GitRepositoryMaintenance({ root: opened.root, fs })
      await upkeep.compact(opened.scope, { spareMs: 60_000 })
      await upkeep.close()

      expect(await readdir(packFolder())).toContain(pack)
      expect((await opened.maintenance.verify(opened.scope)).damage).toEqual([])
      await ageObjects(opened.gitDirectory)
      await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
      expect(await readdir(packFolder())).not.toContain(pack)
      if (hasGit) expect(await opened.git('fsck', '--strict')).not.toMatch(/error|broken|missing/)
    },
  )

  it('clears what killed processes left, once it is old, and brings an index back', async () => {
    await opened.record('1')
    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    const [index = ''] = (await readdir(packFolder())).filter((name) => name.endsWith('.idx'))
    await rename(join(packFolder(), index), join(packFolder(), `${index}.tod-aside`))
    const litter = {
      'pack/tmp_pack_tod_1': 'own, unfinished',
      'pack/tmp_pack_x': 'of native git',
      [`pack/pack-${'0'.repeat(40)}.pack`]: 'without index',
      'ab/tmp_obj_x': 'of a killed writer',
    }
    const { mkdir } = await import('node:fs/promises')
    await mkdir(join(opened.gitDirectory, 'objects', 'ab'), { recursive: true })
    for (const [name, content] of Object.entries(litter)) {
      await writeFile(join(opened.gitDirectory, 'objects', name), content)
    }

    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    const young = await readdir(join(opened.gitDirectory, 'objects'), { recursive: true })
    expect(young).toContain('pack/tmp_pack_x')
    expect(young).not.toContain('pack/tmp_pack_tod_1')
    expect(young).toContain(`pack/${index}`)

    for (const name of Object.keys(litter)) {
      await utimes(join(opened.gitDirectory, 'objects', name), 0, 0).catch(() => undefined)
    }
    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    const old = await readdir(join(opened.gitDirectory, 'objects'), { recursive: true })
    expect(old.filter((name) => Object.keys(litter).includes(name))).toEqual([])
    expect(await opened.store.head(opened.scope, deviceId)).toBeDefined()
  })

  it('is done by one process at a time', async () => {
    await opened.record('1')
    await writeFile(join(opened.gitDirectory, 'tod-maintenance.lock'), '')
    const impatient = new GitRepositoryMaintenance({ root: opened.root, lock: { waitMs: 20 } })

    await expect(impatient.compact(opened.scope, { spareMs: 0 })).rejects.toMatchObject({
      code: 'STORAGE_CONFLICT',
    })
  })
})

describe.skipIf(!hasGit)('refs that native git has packed', () => {
  it('are dropped by retention as others are', async () => {
    const shas: string[] = []
    for (let at = 0; at < 6; at++)
      shas.push(await opened.record(`${at}`, { createdAt: Date.UTC(2026, 0, at + 1) }))
    const drop = (...unwanted: number[]) =>
      new Map([[deviceId, new Set(unwanted.map((at) => shas[at] ?? ''))]])
    await opened.maintenance.retain(opened.scope, drop(4, 2, 0))
    await opened.git('pack-refs', '--all', '--prune')

    await opened.maintenance.retain(opened.scope, drop(3))

    const history = await opened.store.history(opened.scope, { deviceId })
    expect(history.map((revision) => revision.commitSha)).toEqual([shas[5], shas[1]])
    const refs = (await opened.git('for-each-ref', '--format=%(refname)', 'refs/tod')).trim().split('\n')
    expect(refs).toEqual([`refs/tod/keep/${deviceId}/${shas[1]}`])
  })
})

describe('a damaged ref with several ends behind it', () => {
  it('loses none of them', async () => {
    const first = await opened.record('1')
    const won = await opened.record('2')
    await writeFile(join(opened.gitDirectory, 'refs/heads/devices', deviceId), `${first}\n`)
    const other = new IsomorphicGitStore({ root: opened.root })
    const { commitSha: lost } = await other.record(
      opened.scope,
      newRevision('2 of another writer', first, { createdAt: Date.UTC(2026, 0, 6) }),
    )
    await writeFile(join(opened.gitDirectory, 'refs/heads/devices', deviceId), '')

    const history = await new IsomorphicGitStore({ root: opened.root }).history(opened.scope, { deviceId })

    expect(history.map((revision) => revision.commitSha).sort()).toEqual([first, won, lost].sort())
  })
})

describe('the set of object ids', () => {
  it('holds what was put in, and nothing else, however many', () => {
    const oid = fc.stringMatching(/^[0-9a-f]{40}$/)
    fc.assert(
      fc.property(fc.array(oid, { maxLength: 200 }), oid, (ids, stranger) => {
        const set = new OidSet(4)
        for (const id of ids) set.add(id)

        expect(set.size).toBe(new Set(ids).size)
        expect([...set].sort()).toEqual([...new Set(ids)].sort())
        expect(ids.every((id) => set.has(id))).toBe(true)
        expect(set.has(stranger)).toBe(ids.includes(stranger))
      }),
    )
  })
})

/** The commit of the orphan: the newest object that is one. */
async function orphanCommit(): Promise<string> {
  const output = await opened.git('cat-file', '--batch-check', '--batch-all-objects')
  const head = (await opened.store.head(opened.scope, deviceId))?.commitSha
  const commits = output.split('\n').filter((line) => line.includes(' commit '))
  return commits.map((line) => line.slice(0, 40)).find((id) => id !== head) ?? ''
}
