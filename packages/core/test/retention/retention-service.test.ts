import {
  FakeClock,
  InMemoryGitStore,
  InMemoryPushJournal,
  InMemoryRunRepository,
  sampleBackupRow,
  samplePushRecord,
  sampleTrailers,
  testIds,
  testScope,
} from '@tod/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { RetentionService } from '../../src/index.js'

const scope = testScope()
const deviceId = testIds.device1

let git: InMemoryGitStore
let runs: InMemoryRunRepository
let journal: InMemoryPushJournal
let dropped: ReadonlyMap<string, ReadonlySet<string>>[]
let service: RetentionService
let shas: string[]
beforeEach(async () => {
  git = new InMemoryGitStore()
  runs = new InMemoryRunRepository()
  journal = new InMemoryPushJournal()
  dropped = []
  const retain = async (_scope: unknown, drop: ReadonlyMap<string, ReadonlySet<string>>) => {
    dropped.push(drop)
    return { droppedRevisions: 0 }
  }
  service = new RetentionService({ git, runs, journal, clock: new FakeClock() }, { retain })
  shas = []
  for (let number = 1; number <= 5; number++) {
    const { commitSha } = await git.record(scope, {
      deviceId,
      files: { 'export.rsc': Uint8Array.of(number) },
      subject: 's',
      trailers: sampleTrailers(),
      createdAt: number * 1000,
      expectedParent: shas.at(-1) ?? null,
    })
    shas.push(commitSha)
    if (number > 1) await runs.insert(scope, sampleBackupRow(number, { commitSha }))
  }
})

describe('retention of a tenant', () => {
  it('drops revisions and their rows, and spares what has no row', async () => {
    const report = await service.apply(scope, { last: 2 })

    expect(dropped).toEqual([new Map([[deviceId, new Set([shas[2], shas[1]])]])])
    expect(report).toEqual({ devices: 1, keptRevisions: 2, droppedRevisions: 2 })
    expect((await runs.list(scope, deviceId)).map((row) => row.commitSha)).toEqual([shas[4], shas[3]])
  })

  it('only counts in a dry run', async () => {
    const report = await service.apply(scope, { last: 2 }, { dryRun: true })

    expect(report.droppedRevisions).toBe(2)
    expect(dropped).toEqual([])
    expect(await runs.list(scope, deviceId)).toHaveLength(4)
  })

  it('spares what an open push refers to', async () => {
    const record = samplePushRecord({ targetSha: shas[1] ?? '', preBackupSha: shas[2] ?? null })
    await journal.open(scope, record, { state: 'locked', at: 1, message: 'x' }, 1)

    await service.apply(scope, { last: 1 })

    expect((await runs.list(scope, deviceId)).map((row) => row.commitSha)).toEqual([
      shas[4],
      shas[2],
      shas[1],
    ])
  })

  it('refuses a policy that makes no sense, and who may not administer', async () => {
    await expect(service.apply(scope, { last: -1 })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
    await expect(service.apply(testScope(testIds.tenantA, 'write'), { last: 1 })).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
    })
  })
})
