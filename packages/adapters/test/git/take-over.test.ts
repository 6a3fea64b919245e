import { type FileSystem, IsomorphicGitStore, nodeFileSystem } from '@tod/adapters/git'
import { testIds } from '@tod/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { hasGit, newRevision, openTemporaryRepositories } from './temporary-repositories.js'

let opened: Awaited<ReturnType<typeof openTemporaryRepositories>> | undefined
afterEach(() => opened?.close())

describe.skipIf(!hasGit)('content that is taken over from an earlier revision', () => {
  it.each([
    ['packs it', false],
    ['packs it once more', true],
  ])('is found where native git %s at the very moment it is marked as in use', async (_what, isPacked) => {
    let atThatMoment = async (): Promise<void> => {}
    const fs: FileSystem = {
      ...nodeFileSystem,
      utimes: async (path, ...times) => {
        const act = atThatMoment
        atThatMoment = async () => {}
        await act()
        return nodeFileSystem.utimes(path, ...times)
      },
    }
    opened = await openTemporaryRepositories(fs)
    const { store, scope, root, record, git } = opened
    const first = await record('an export')
    if (isPacked) {
      await git('gc', '--quiet', '--force')
      await store.history(scope, { deviceId: testIds.device1 })
    }
    atThatMoment = async () => {
      // Another pack has another name only when there is something new in it.
      const other = new IsomorphicGitStore({ root })
      await other.record(scope, newRevision('of another device', null, { deviceId: testIds.device2 }))
      await other.close()
      await git('gc', '--quiet', '--force')
    }

    const files = { 'export.rsc': { keepFrom: first } }
    const { commitSha } = await store.record(scope, newRevision('another', first, { files }))

    const read = { deviceId: testIds.device1, file: 'export.rsc' } as const
    const taken = await store.read(scope, { ...read, commitSha })
    expect(taken).toEqual(await store.read(scope, { ...read, commitSha: first }))
  })
})

describe.skipIf(!hasGit)('content that is read', () => {
  it('is found where native git packs anew each time the packs have been listed', async () => {
    let staleListings = 0
    let packAnew = async (): Promise<void> => {}
    const fs: FileSystem = {
      ...nodeFileSystem,
      readdir: (async (path: string) => {
        const names = await nodeFileSystem.readdir(path)
        if (path.endsWith('pack') && staleListings > 0) {
          staleListings--
          await packAnew()
        }
        return names
      }) as FileSystem['readdir'],
    }
    opened = await openTemporaryRepositories(fs)
    const { store, scope, root, record, git } = opened
    const commitSha = await record('an export')
    let others = 0
    packAnew = async () => {
      const other = new IsomorphicGitStore({ root })
      const deviceId = `other-${others++}`
      await other.record(scope, newRevision(deviceId, null, { deviceId }))
      await other.close()
      await git('gc', '--quiet', '--force')
    }
    await packAnew()
    staleListings = 2

    const read = await store.read(scope, { deviceId: testIds.device1, commitSha, file: 'export.rsc' })

    expect(Buffer.from(read).toString()).toContain('an export')
  })
})
