import {
  FakeClock,
  InMemoryDeviceDirectory,
  InMemoryGitStore,
  InMemoryPushJournal,
  InMemoryRunRepository,
  openGuard,
  sampleBackupRow,
  samplePushRecord,
  sampleTrailers,
  testIds,
  testScope,
} from '@tod/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  type GitMaintenance,
  RetentionService,
  type RevisionsByDevice,
  StorageConflictError,
  StorageCorruptError,
} from '../../src/index.js'

const scope = testScope()
const deviceId = testIds.device1

let git: InMemoryGitStore
let runs: InMemoryRunRepository
let journal: InMemoryPushJournal
let dropped: RevisionsByDevice[]
/** What a run that was killed had dropped, and no more. */
let killed: RevisionsByDevice
let devices: InMemoryDeviceDirectory
let ports: ConstructorParameters<typeof RetentionService>[0]
let service: RetentionService
let shas: string[]
beforeEach(async () => {
  git = new InMemoryGitStore()
  runs = new InMemoryRunRepository()
  journal = new InMemoryPushJournal()
  dropped = []
  killed = new Map()
  const retain: GitMaintenance['retain'] = async (_scope, drop, options) => {
    dropped.push(drop)
    await options?.forget?.(new Map([...killed, ...drop]))
    return { droppedRevisions: 0 }
  }
  devices = new InMemoryDeviceDirectory()
  await devices.put(scope, { deviceId, name: 'n', host: 'h', port: 22 })
  ports = { git, runs, journal, devices, guard: openGuard, clock: new FakeClock() }
  service = new RetentionService(ports, { retain })
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

  it('removes, at start, the rows of what a killed run had dropped', async () => {
    killed = new Map([[deviceId, new Set([shas[1] ?? ''])]])

    await service.finishAll()

    expect(dropped).toEqual([new Map()])
    expect((await runs.list(scope, deviceId)).map((row) => row.commitSha)).toEqual([
      shas[4],
      shas[3],
      shas[2],
    ])
  })

  it('at start, goes on past a tenant with an error and one where another process is at work', async () => {
    const ofOther = testScope(testIds.tenantB)
    await devices.put(ofOther, { deviceId, name: 'n', host: 'h', port: 22 })
    const seen: string[] = []
    const failing = (error: Error) =>
      new RetentionService(ports, {
        retain: async ({ tenantId }) => {
          seen.push(tenantId)
          throw error
        },
      })

    await failing(new StorageConflictError({ store: 'repository' })).finishAll()
    const damage = new StorageCorruptError({ store: 'repository', item: 'x' })
    await expect(failing(damage).finishAll()).rejects.toBe(damage)

    expect(seen).toEqual([testIds.tenantA, testIds.tenantB, testIds.tenantA, testIds.tenantB])
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
