import { expect } from 'vitest'
import type { BackupRow, FailedRun } from '../model/backup-entry.js'
import type { RunRepository } from '../ports/run-repository.js'
import {
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope } from './test-scopes.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const deviceId = testIds.device1

/** A row as a backup writes it; `number` makes id, sha and time. */
export function sampleBackupRow(number: number, changes: Partial<BackupRow> = {}): BackupRow {
  const hex = number.toString(16).padStart(4, '0')
  return {
    id: `30000000-0000-4000-8000-00000000${hex}`,
    tenantId: testIds.tenantA,
    deviceId,
    commitSha: hex.repeat(10),
    trigger: 'manual',
    linesAdded: 12,
    linesRemoved: 3,
    encryptionTier: 1,
    createdAt: 1_767_600_000_000 + number * 1000,
    changed: true,
    exportBytes: 4321,
    binaryBytes: 98_765,
    routerosVersion: '7.16.1',
    incompleteMenus: ['/interface/bridge/calea'],
    holdsGuard: false,
    sealedExportSha256: Uint8Array.of(1, 2, 3, 0, 255),
    pinned: false,
    ...changes,
  }
}

function failure(number: number, changes: Partial<FailedRun> = {}): FailedRun {
  return {
    id: `31000000-0000-4000-8000-00000000${number.toString(16).padStart(4, '0')}`,
    deviceId,
    trigger: 'scheduled',
    errorCode: 'DEVICE_TIMEOUT',
    startedAt: 1_767_600_000_000 + number * 1000,
    failedAt: 1_767_600_000_500 + number * 1000,
    ...changes,
  }
}

/** What every `RunRepository` has to do. */
export function describeRunRepositoryContract(
  name: string,
  open: OpenPort<OpenedPort<RunRepository>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as RunRepository`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<RunRepository>) => Promise<void>> = {
  'gives a row back as it was': async ({ port }) => {
    const row = sampleBackupRow(1)
    const plain = sampleBackupRow(2, {
      encryptionTier: null,
      binaryBytes: null,
      incompleteMenus: [],
      changed: false,
      holdsGuard: true,
      pinned: true,
      trigger: 'pre-rollback',
    })
    await port.insert(scope, row)
    await port.insert(scope, plain)

    expect(await port.find(scope, deviceId, row.commitSha)).toEqual(row)
    expect(await port.find(scope, deviceId, plain.commitSha)).toEqual(plain)
  },

  'changes nothing when a row is inserted again': async ({ port }) => {
    await port.insert(scope, sampleBackupRow(1))
    await port.insert(scope, sampleBackupRow(1, { id: sampleBackupRow(9).id, linesAdded: 99 }))

    expect(await port.list(scope, deviceId)).toEqual([sampleBackupRow(1)])
  },

  'takes the tenant of the scope, whatever the row says': async ({ port }) => {
    await port.insert(scope, sampleBackupRow(1, { tenantId: testIds.tenantB }))

    expect(await port.list(other, deviceId)).toEqual([])
    expect((await port.list(scope, deviceId))[0]?.tenantId).toBe(testIds.tenantA)
  },

  'lists newest first, in pages': async ({ port }) => {
    for (const number of [2, 5, 1, 4, 3]) await port.insert(scope, sampleBackupRow(number))
    await port.insert(scope, sampleBackupRow(6, { deviceId: testIds.device2 }))

    const shas = (rows: readonly BackupRow[]) => rows.map((row) => row.commitSha)
    const expected = [5, 4, 3, 2, 1].map((number) => sampleBackupRow(number).commitSha)
    expect(shas(await port.list(scope, deviceId))).toEqual(expected)
    expect(shas(await port.list(scope, deviceId, { limit: 2 }))).toEqual(expected.slice(0, 2))
    expect(shas(await port.list(scope, deviceId, { limit: 2, offset: 3 }))).toEqual(expected.slice(3))
  },

  'lists rows of one moment in the reverse order of insertion': async ({ port }) => {
    for (const number of [1, 2, 3]) await port.insert(scope, sampleBackupRow(number, { createdAt: 1000 }))

    expect((await port.list(scope, deviceId)).map((row) => row.id)).toEqual(
      [3, 2, 1].map((number) => sampleBackupRow(number).id),
    )
  },

  'finds the newest of some triggers, without captures of a guard if asked': async ({ port }) => {
    await port.insert(scope, sampleBackupRow(1, { trigger: 'checkpoint' }))
    await port.insert(scope, sampleBackupRow(2, { trigger: 'pre-restore', holdsGuard: true }))
    await port.insert(scope, sampleBackupRow(3, { trigger: 'manual' }))

    expect((await port.newest(scope, deviceId))?.id).toBe(sampleBackupRow(3).id)
    expect((await port.newest(scope, deviceId, { triggers: ['checkpoint', 'pre-restore'] }))?.id).toBe(
      sampleBackupRow(2).id,
    )
    expect(
      (await port.newest(scope, deviceId, { triggers: ['checkpoint', 'pre-restore'], withoutGuard: true }))
        ?.id,
    ).toBe(sampleBackupRow(1).id)
    expect(await port.newest(scope, deviceId, { triggers: ['scheduled'] })).toBeUndefined()
    expect(await port.newest(scope, testIds.device2)).toBeUndefined()
  },

  'pins and unpins': async ({ port }) => {
    const { commitSha } = sampleBackupRow(1)
    await port.insert(scope, sampleBackupRow(1))

    expect(await port.setPinned(scope, deviceId, commitSha, true)).toBe(true)
    expect((await port.find(scope, deviceId, commitSha))?.pinned).toBe(true)
    expect(await port.setPinned(scope, deviceId, commitSha, false)).toBe(true)
    expect((await port.find(scope, deviceId, commitSha))?.pinned).toBe(false)
    expect(await port.setPinned(scope, deviceId, 'f'.repeat(40), true)).toBe(false)
    expect(await port.setPinned(other, deviceId, commitSha, true)).toBe(false)
  },

  'removes the rows it is told to and no others': async ({ port }) => {
    for (const number of [1, 2, 3]) await port.insert(scope, sampleBackupRow(number))

    await port.remove(other, deviceId, [sampleBackupRow(1).commitSha])
    await port.remove(scope, testIds.device2, [sampleBackupRow(1).commitSha])
    await port.remove(scope, deviceId, [sampleBackupRow(2).commitSha, 'f'.repeat(40)])
    await port.remove(scope, deviceId, [])

    expect((await port.list(scope, deviceId)).map((row) => row.id)).toEqual(
      [3, 1].map((number) => sampleBackupRow(number).id),
    )
  },

  'lists failed attempts newest first': async ({ port }) => {
    await port.recordFailure(scope, failure(1))
    await port.recordFailure(scope, failure(2, { deviceId: testIds.device2 }))
    await port.recordFailure(scope, failure(3))

    expect(await port.listFailures(scope)).toEqual([
      failure(3),
      failure(2, { deviceId: testIds.device2 }),
      failure(1),
    ])
    expect(await port.listFailures(scope, { deviceId, limit: 1 })).toEqual([failure(3)])
    expect(await port.listFailures(other)).toEqual([])
  },

  'does not find rows of another tenant': async ({ port }) => {
    await port.insert(scope, sampleBackupRow(1))

    expect(await port.find(other, deviceId, sampleBackupRow(1).commitSha)).toBeUndefined()
    expect(await port.list(other, deviceId)).toEqual([])
    expect(await port.newest(other, deviceId)).toBeUndefined()
  },

  'keeps equal device ids of two tenants apart': async ({ port }) => {
    await port.insert(scope, sampleBackupRow(1))
    await port.insert(other, sampleBackupRow(1, { id: sampleBackupRow(2).id, tenantId: testIds.tenantB }))

    expect((await port.find(other, deviceId, sampleBackupRow(1).commitSha))?.id).toBe(sampleBackupRow(2).id)
    expect((await port.find(scope, deviceId, sampleBackupRow(1).commitSha))?.id).toBe(sampleBackupRow(1).id)
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    const forged = forgedScope()

    await expectCode(port.insert(forged, sampleBackupRow(1)), 'SCOPE_INVALID')
    await expectCode(port.find(forged, deviceId, 'f'.repeat(40)), 'SCOPE_INVALID')
    await expectCode(port.list(forged, deviceId), 'SCOPE_INVALID')
    await expectCode(port.newest(forged, deviceId), 'SCOPE_INVALID')
    await expectCode(port.setPinned(forged, deviceId, 'f'.repeat(40), true), 'SCOPE_INVALID')
    await expectCode(port.remove(forged, deviceId, ['f'.repeat(40)]), 'SCOPE_INVALID')
    await expectCode(port.recordFailure(forged, failure(1)), 'SCOPE_INVALID')
    await expectCode(port.listFailures(forged), 'SCOPE_INVALID')
  },
}
