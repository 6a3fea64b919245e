import { expect } from 'vitest'
import type { PushRecord, TimelineEntry } from '../model/push-operation.js'
import type { PushJournal } from '../ports/push-journal.js'
import {
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope, testSystemScope } from './test-scopes.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const deviceId = testIds.device1
const operationId = '20000000-0000-4000-8000-000000000001'

/** A record as a restore opens it. */
export function samplePushRecord(changes: Partial<PushRecord> = {}): PushRecord {
  return {
    operationId,
    tenantId: testIds.tenantA,
    deviceId,
    kind: 'restore',
    strategy: 'reconcile',
    requestedBy: 'someone',
    createdAt: 1_767_600_000_000,
    targetSha: 'a'.repeat(40),
    preTrigger: 'pre-restore',
    preBackupSha: null,
    planHash: null,
    nonce: '0123456789abcdef',
    onResidual: 'keep',
    onLockout: 'proceed',
    probes: [{ kind: 'ping', address: '192.0.2.1' }],
    budget: null,
    storageFolder: null,
    launch: null,
    verifiedDigest: null,
    converged: false,
    residual: [],
    unverified: [],
    lockout: null,
    probeResults: [],
    failure: null,
    ...changes,
  }
}

function entry(state: TimelineEntry['state'], at = 1_767_600_000_000): TimelineEntry {
  return { state, at, message: `now ${state}`, facts: { step: 1, ok: true } }
}

/** What every `PushJournal` has to do. */
export function describePushJournalContract(
  name: string,
  open: OpenPort<OpenedPort<PushJournal>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as PushJournal`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<PushJournal>) => Promise<void>> = {
  'opens an operation in state locked and finds it whole': async ({ port }) => {
    const opened = await port.open(scope, samplePushRecord(), entry('locked'), 7)

    expect(opened).toMatchObject({
      ...samplePushRecord(),
      state: 'locked',
      open: true,
      fencingToken: 7,
      errorCode: null,
    })
    expect(opened.timeline).toEqual([entry('locked')])
    expect(await port.find(scope, operationId)).toEqual(opened)
  },

  'refuses a second operation of the same id': async ({ port }) => {
    await port.open(scope, samplePushRecord(), entry('locked'), 7)

    await expectCode(port.open(scope, samplePushRecord(), entry('locked'), 8), 'STORAGE_CONFLICT')
  },

  'appends a step with its changes and keeps the rest': async ({ port }) => {
    await port.open(scope, samplePushRecord(), entry('locked'), 7)
    const step = {
      state: 'planned',
      entry: entry('planned', 1_767_600_001_000),
      changes: {
        planHash: 'ff'.repeat(32),
        budget: { importMs: 1, settleWindowMs: 2, verifyMs: 3, marginMs: 4, deadlineMs: 10 },
        residual: [{ menu: '/ip address', kind: 'added', summary: 'x' }],
      },
    } as const
    await port.append(scope, operationId, step, 7)

    const found = await port.find(scope, operationId)
    expect(found).toMatchObject({ ...samplePushRecord(), ...step.changes, state: 'planned', open: true })
    expect(found?.timeline).toEqual([entry('locked'), step.entry])
  },

  'refuses a lower fencing token once a higher one has written': async ({ port }) => {
    await port.open(scope, samplePushRecord(), entry('locked'), 7)
    await port.append(scope, operationId, { state: 'reverting', entry: entry('reverting') }, 9)

    await expectCode(
      port.append(scope, operationId, { state: 'armed', entry: entry('armed') }, 7),
      'LEASE_LOST',
    )
    expect(await port.find(scope, operationId)).toMatchObject({ state: 'reverting', fencingToken: 9 })
  },

  'keeps every step when two append at once': async ({ port }) => {
    await port.open(scope, samplePushRecord(), entry('locked'), 7)
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        port.append(scope, operationId, { state: 'settling', entry: entry('settling', index) }, 7),
      ),
    )

    expect((await port.find(scope, operationId))?.timeline).toHaveLength(7)
  },

  'lists open operations of all tenants until they are closed': async ({ port }) => {
    const second = '20000000-0000-4000-8000-000000000002'
    await port.open(scope, samplePushRecord(), entry('locked'), 1)
    await port.open(
      other,
      samplePushRecord({ operationId: second, tenantId: testIds.tenantB, deviceId: testIds.device2 }),
      entry('locked', 1_767_600_005_000),
      1,
    )

    expect((await port.listOpen(testSystemScope())).map((open) => open.operationId)).toEqual([
      operationId,
      second,
    ])

    await port.append(
      scope,
      operationId,
      { state: 'aborted', entry: entry('aborted'), open: false, errorCode: 'DEVICE_TIMEOUT' },
      1,
    )

    expect(await port.listOpen(testSystemScope())).toEqual([
      {
        tenantId: testIds.tenantB,
        deviceId: testIds.device2,
        operationId: second,
        state: 'locked',
        updatedAt: 1_767_600_005_000,
      },
    ])
    expect(await port.find(scope, operationId)).toMatchObject({ open: false, errorCode: 'DEVICE_TIMEOUT' })
  },

  'lists the operations of a device newest first': async ({ port }) => {
    const ids = ['1', '2', '3'].map((digit) => `20000000-0000-4000-8000-00000000000${digit}`)
    for (const [index, id] of ids.entries()) {
      await port.open(
        scope,
        samplePushRecord({ operationId: id, createdAt: 1000 * index }),
        entry('locked'),
        index,
      )
    }
    await port.open(
      scope,
      samplePushRecord({ operationId: '20000000-0000-4000-8000-000000000009', deviceId: testIds.device2 }),
      entry('locked'),
      1,
    )

    const listed = await port.list(scope, deviceId, { limit: 2 })

    expect(listed.map((operation) => operation.operationId)).toEqual([ids[2], ids[1]])
  },

  'does not find an operation of another tenant': async ({ port }) => {
    await port.open(scope, samplePushRecord(), entry('locked'), 1)

    expect(await port.find(other, operationId)).toBeUndefined()
    expect(await port.list(other, deviceId)).toEqual([])
    await expectCode(
      port.append(other, operationId, { state: 'failed', entry: entry('failed') }, 99),
      'OPERATION_NOT_FOUND',
    )
  },

  'does not find an operation that is not there': async ({ port }) => {
    expect(await port.find(scope, operationId)).toBeUndefined()
    await expectCode(
      port.append(scope, operationId, { state: 'failed', entry: entry('failed') }, 1),
      'OPERATION_NOT_FOUND',
    )
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    const forged = forgedScope()

    await expectCode(port.open(forged, samplePushRecord(), entry('locked'), 1), 'SCOPE_INVALID')
    await expectCode(
      port.append(forged, operationId, { state: 'failed', entry: entry('failed') }, 1),
      'SCOPE_INVALID',
    )
    await expectCode(port.find(forged, operationId), 'SCOPE_INVALID')
    await expectCode(port.list(forged, deviceId), 'SCOPE_INVALID')
    await expectCode(port.listOpen(forged as never), 'SCOPE_INVALID')
  },
}
