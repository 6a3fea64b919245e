import { type FileSystem, nodeFileSystem } from '@tod/adapters/git'
import { afterEach, describe, expect, it } from 'vitest'
import { hasGit, newRevision, openTemporaryRepositories } from './temporary-repositories.js'

let opened: Awaited<ReturnType<typeof openTemporaryRepositories>> | undefined
afterEach(() => opened?.close())

describe.skipIf(!hasGit)('content that is taken over from an earlier revision', () => {
  it('is found where native git packs it at the very moment it is marked as in use', async () => {
    let pack = async (): Promise<void> => {}
    const packsFirst: FileSystem = {
      ...nodeFileSystem,
      utimes: async (path, ...times) => {
        const now = pack
        pack = async () => {}
        await now()
        return nodeFileSystem.utimes(path, ...times)
      },
    }
    const { store, scope, record, git } = await openTemporaryRepositories(packsFirst).then((it) => {
      opened = it
      return it
    })
    const first = await record('an export')
    pack = async () => void (await git('gc', '--quiet', '--force'))

    const { commitSha } = await store.record(
      scope,
      newRevision('another', first, { files: { 'export.rsc': { keepFrom: first } } }),
    )

    const read = { deviceId: newRevision('x', null).deviceId, file: 'export.rsc' } as const
    expect(await store.read(scope, { ...read, commitSha })).toEqual(
      await store.read(scope, { ...read, commitSha: first }),
    )
  })
})
