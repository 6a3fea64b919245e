import { cp, rm } from 'node:fs/promises'
import { testIds } from '@tod/core/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { faultyFileSystem } from './faulty-file-system.js'
import { ageObjects, hasGit, newRevision, openTemporaryRepositories } from './temporary-repositories.js'

const deviceId = testIds.device1
let closeAll: (() => Promise<void>) | undefined

afterEach(async () => {
  await closeAll?.()
})

async function openFaulty() {
  const disk = faultyFileSystem()
  const opened = await openTemporaryRepositories(disk.fs)
  closeAll = opened.close
  return { disk, ...opened }
}

const codes = { ENOSPC: 'STORAGE_FULL', EIO: 'STORAGE_UNAVAILABLE' } as const

describe.each(Object.entries(codes))('a disk that answers %s', (systemCode, code) => {
  it('at any step of a write: the error is clear, nothing acknowledged is lost, the next write succeeds', async () => {
    const { disk, store, scope, maintenance, git, gitDirectory } = await openFaulty()
    const acknowledged: string[] = []
    let failures = 0
    for (let operation = 1; ; operation++) {
      const before = (await store.head(scope, deviceId))?.commitSha ?? null
      disk.failAt(operation, systemCode)
      const outcome = await store
        .record(scope, newRevision(`${operation}`, before))
        .catch((error: unknown) => error)
      disk.heal()
      if (!(outcome instanceof Error)) break
      failures++

      expect(outcome).toMatchObject({ code })
      expect(String(outcome)).not.toContain(gitDirectory)
      const head = await store.head(scope, deviceId)
      // The very last step may fail when the revision is already there, whole: it is then listed, not half.
      expect([before, head?.commitSha]).toContain(head?.commitSha ?? null)
      const { commitSha } = await store.record(
        scope,
        newRevision(`again ${operation}`, head?.commitSha ?? null),
      )
      acknowledged.push(commitSha)
    }
    expect(failures).toBeGreaterThan(20)

    const listed = (await store.history(scope, { deviceId, limit: 1_000 })).map(
      (revision) => revision.commitSha,
    )
    expect(acknowledged.filter((sha) => !listed.includes(sha))).toEqual([])
    expect((await maintenance.verify(scope)).damage).toEqual([])
    if (hasGit) expect(await git('fsck', '--strict', '--full')).not.toMatch(/error|broken|missing/)
  }, 60_000)

  it('from some step of upkeep on: everything kept stays readable, and the next upkeep ends it', async () => {
    const { disk, store, scope, maintenance, gitDirectory, record, git } = await openFaulty()
    const shas: string[] = []
    for (let at = 0; at < 5; at++) shas.push(await record(`${at}`, { createdAt: Date.UTC(2026, 0, at + 1) }))
    await maintenance.compact(scope, { spareMs: 0 })
    await record('newest')
    await ageObjects(gitDirectory)
    const template = `${gitDirectory}.template`
    await cp(gitDirectory, template, { recursive: true, preserveTimestamps: true })
    const drop = new Map([[deviceId, new Set([shas[3] ?? '', shas[1] ?? ''])]])
    const upkeep = async () => {
      await maintenance.retain(scope, drop)
      await maintenance.compact(scope, { spareMs: 0 })
    }
    let failures = 0
    for (let operation = 1; ; operation += 3) {
      await rm(gitDirectory, { recursive: true })
      await cp(template, gitDirectory, { recursive: true, preserveTimestamps: true })
      disk.failAt(operation, systemCode, true)
      const outcome = await upkeep().catch((error: unknown) => error)
      disk.heal()
      expect((await maintenance.verify(scope)).damage).toEqual([])
      const text = await store.read(scope, { deviceId, commitSha: shas[2] ?? '', file: 'export.rsc' })
      expect(Buffer.from(text).toString()).toBe('export 2')
      if (!(outcome instanceof Error)) break
      failures++
      expect(outcome).toMatchObject({ code })
      await upkeep()
      expect(
        (await store.history(scope, { deviceId })).map((revision) => revision.commitSha).slice(1),
      ).toEqual([shas[4], shas[2], shas[0]])
    }
    expect(failures).toBeGreaterThan(8)
    if (hasGit) expect(await git('fsck', '--strict', '--full')).not.toMatch(/error|broken|missing/)
  }, 60_000)
})
