import { execFileSync } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { testIds } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hasGit, looseObjectFiles, openTemporaryRepositories } from './temporary-repositories.js'

type Opened = Awaited<ReturnType<typeof openTemporaryRepositories>>
const deviceId = testIds.device1
let opened: Opened

beforeEach(async () => {
  opened = await openTemporaryRepositories()
})

afterEach(async () => {
  await opened.close()
})

async function exportOf(commitSha: string, device: string = deviceId): Promise<string> {
  const bytes = await opened.store.read(opened.scope, { deviceId: device, commitSha, file: 'export.rsc' })
  return Buffer.from(bytes).toString()
}

describe.skipIf(!hasGit)('beside native git', () => {
  it('writes repositories that pass fsck --strict', async () => {
    await opened.record('1')
    await opened.record('2', { files: { 'export.rsc': Buffer.from('x'), 'meta.json': Buffer.from('m') } })
    await opened.record('3', { deviceId: testIds.device2, subject: 'with\nnew line' })

    const output = await opened.git('fsck', '--strict', '--full', '--no-dangling')

    expect(output).not.toMatch(/error|broken|missing|warning/)
  })

  it('reads everything after git gc has packed objects and refs, deltas included', async () => {
    const lines = Array.from(
      { length: 2_000 },
      (_, at) => `/ip address add address=192.0.2.${at % 250} comment=${at}`,
    )
    const shas: string[] = []
    for (let at = 0; at < 12; at++) {
      lines[at * 7] = `/changed ${at}`
      shas.push(await opened.record(`${at}`, { files: { 'export.rsc': Buffer.from(lines.join('\n')) } }))
    }
    await opened.git('gc', '--quiet', '--aggressive')
    expect(await looseObjectFiles(opened.gitDirectory)).toEqual([])
    expect(await readdir(join(opened.gitDirectory, 'refs/heads/devices')).catch(() => [])).toEqual([])

    for (const [at, sha] of shas.entries()) expect(await exportOf(sha)).toContain(`/changed ${at}`)
    const history = await opened.store.history(opened.scope, { deviceId })
    expect(history.map((revision) => revision.commitSha)).toEqual(shas.toReversed())
    expect(history[0]?.files['export.rsc']).toBe(Buffer.byteLength(lines.join('\n')))
    expect(await opened.store.listDevices(opened.scope)).toEqual([deviceId])

    const next = await opened.record('after gc')
    expect((await opened.git('rev-parse', `refs/heads/devices/${deviceId}`)).trim()).toBe(next)
    await opened.maintenance.compact(opened.scope, { spareMs: 60_000 })
    expect(await exportOf(shas[3] ?? '')).toContain('/changed 3')
    expect(await opened.git('fsck', '--strict', '--full')).not.toMatch(/error|broken|missing/)
  })

  it('reads a device of a repository in the usual layout, with only the commits that changed it', async () => {
    const work = join(opened.root, 'work')
    const device2 = testIds.device2
    await mkdir(join(work, deviceId), { recursive: true })
    await mkdir(join(work, device2), { recursive: true })
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', work, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
        encoding: 'utf8',
        env: { ...process.env, HOME: opened.root },
      })
    execFileSync('git', ['init', '-q', '-b', 'main', work])
    const commit = async (device: string, text: string, message: string): Promise<string> => {
      await writeFile(join(work, device, 'export.rsc'), text)
      await writeFile(join(work, device, 'backup.bin'), `bin ${text}`)
      git('add', '-A')
      git('commit', '-q', '-m', message)
      return git('rev-parse', 'HEAD').trim()
    }
    const a1 = await commit(deviceId, 'a1', 'manual: first')
    await commit(device2, 'b1', 'scheduled: other')
    const a2 = await commit(deviceId, 'a2', 'manual: second')
    await commit(device2, 'b2', 'scheduled: other again')
    await rm(opened.gitDirectory, { recursive: true, force: true })
    execFileSync('git', ['clone', '-q', '--bare', work, opened.gitDirectory])

    const history = await opened.store.history(opened.scope, { deviceId })

    expect(history.map(({ commitSha, parentSha }) => ({ commitSha, parentSha }))).toEqual([
      { commitSha: a2, parentSha: a1 },
      { commitSha: a1, parentSha: null },
    ])
    expect(history[0]).toMatchObject({ subject: 'manual: second', trailers: null })
    expect(await exportOf(a1)).toBe('a1')
    expect(await opened.store.listDevices(opened.scope)).toEqual([deviceId, device2].sort())
    expect(await opened.store.resolve(opened.scope, { deviceId, prefix: a1.slice(0, 10) })).toBe(a1)

    const next = await opened.record('ours')
    const continued = await opened.store.history(opened.scope, { deviceId })
    expect(continued.map((revision) => revision.commitSha)).toEqual([next, a2, a1])
  })
})
