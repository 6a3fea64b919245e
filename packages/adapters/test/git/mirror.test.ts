import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { testIds } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ageObjects, hasGit, openTemporaryRepositories } from './temporary-repositories.js'

type Opened = Awaited<ReturnType<typeof openTemporaryRepositories>>
const deviceId = testIds.device1
let opened: Opened

beforeEach(async () => {
  opened = await openTemporaryRepositories()
})

afterEach(async () => {
  await opened.close()
})

function git(...args: string[]): string {
  const env = { ...process.env, HOME: opened.root, GIT_CONFIG_NOSYSTEM: '1' }
  return execFileSync('git', args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Drops all but some revisions and removes their objects. */
async function retainOnly(...wanted: (string | undefined)[]): Promise<void> {
  const history = await opened.store.history(opened.scope, { deviceId })
  const unwanted = history.map((revision) => revision.commitSha).filter((sha) => !wanted.includes(sha))
  await opened.maintenance.retain(opened.scope, new Map([[deviceId, new Set(unwanted)]]))
  await ageObjects(opened.gitDirectory)
  await opened.maintenance.compact(opened.scope, { spareMs: 0 })
}

describe.skipIf(!hasGit)('a mirror', () => {
  it('that native git pulls follows a repository through retention, and reads what is kept', async () => {
    const mirror = join(opened.root, 'mirror.git')
    const shas: string[] = []
    for (let at = 0; at < 6; at++)
      shas.push(await opened.record(`${at}`, { createdAt: Date.UTC(2026, 0, at + 1) }))
    git('clone', '-q', '--mirror', `file://${opened.gitDirectory}`, mirror)
    await retainOnly(shas[5], shas[4], shas[1])
    const next = await opened.record('next')

    git('--git-dir', mirror, 'fetch', '-q', '--prune', '--update-shallow', 'origin')

    const tip = git('--git-dir', mirror, 'rev-parse', `refs/heads/devices/${deviceId}`).trim()
    expect(tip).toBe(next)
    expect(git('--git-dir', mirror, 'show', `${shas[1]}:export.rsc`)).toBe('export 1')
    expect(git('--git-dir', mirror, 'fsck', '--strict', '--full')).not.toMatch(/error|broken|missing/)
  })

  it('made after retention is whole too', async () => {
    const mirror = join(opened.root, 'mirror.git')
    const shas: string[] = []
    for (let at = 0; at < 6; at++)
      shas.push(await opened.record(`${at}`, { createdAt: Date.UTC(2026, 0, at + 1) }))
    await retainOnly(shas[5], shas[2])

    git('clone', '-q', '--mirror', `file://${opened.gitDirectory}`, mirror)

    expect(git('--git-dir', mirror, 'show', `${shas[2]}:export.rsc`)).toBe('export 2')
    expect(git('--git-dir', mirror, 'log', '--all', '--format=%H').trim().split('\n').sort()).toEqual(
      [shas[5], shas[2]].sort(),
    )
    expect(git('--git-dir', mirror, 'fsck', '--strict', '--full')).not.toMatch(/error|broken|missing/)
  })

  it('that is pushed to takes a repository after retention only when it allows shallow updates', async () => {
    const mirror = join(opened.root, 'mirror.git')
    git('init', '-q', '--bare', mirror)
    const shas: string[] = []
    for (let at = 0; at < 4; at++)
      shas.push(await opened.record(`${at}`, { createdAt: Date.UTC(2026, 0, at + 1) }))
    await retainOnly(shas[3])
    const push = () => git('--git-dir', opened.gitDirectory, 'push', '-q', '--mirror', `file://${mirror}`)

    expect(push).toThrow()
    git('--git-dir', mirror, 'config', 'receive.shallowUpdate', 'true')
    push()

    expect(git('--git-dir', mirror, 'show', `${shas[3]}:export.rsc`)).toBe('export 3')
    expect(git('--git-dir', mirror, 'fsck', '--strict', '--full')).not.toMatch(/error|broken|missing/)
  })
})
