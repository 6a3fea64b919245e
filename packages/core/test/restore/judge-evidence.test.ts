import { samplePushRecord } from '@tod/core/testing'
import { describe, expect, it } from 'vitest'
import type { PushOperation, PushState } from '../../src/index.js'
import { judgeEvidence } from '../../src/restore/judge-evidence.js'
import type { Evidence } from '../../src/restore/observe-device.js'

const launch = {
  uptimeMs: 1000,
  at: 0,
  guardFiresBy: 180_000,
  statementCount: 3,
  hasUptimeTimer: false,
  jobId: '*1',
}

function operation(state: PushState, changes: Partial<PushOperation> = {}): PushOperation {
  return {
    ...samplePushRecord({ launch }),
    state,
    open: true,
    fencingToken: 1,
    updatedAt: 0,
    timeline: [],
    errorCode: null,
    ...changes,
  }
}

function evidence(changes: Partial<Evidence>): Evidence {
  return {
    guardListed: true,
    guardHasRun: false,
    guardFiresAt: 100_000,
    exportEquals: 'target',
    residual: [],
    digest: 'aa',
    outcome: { kind: 'success' },
    jobRuns: false,
    bootedSinceLaunch: false,
    uptimeMs: 60_000,
    reading: { routerNow: 0, uptimeMs: 60_000, entries: [] },
    export: {} as Evidence['export'],
    ...changes,
  }
}

const act = (state: PushState, changes: Partial<Evidence>, record: Partial<PushOperation> = {}) => {
  const judgement = judgeEvidence(operation(state, record), evidence(changes))
  return judgement.act === 'end' ? judgement.status : judgement.act
}

describe('with the guard on the device', () => {
  it.each([
    ['verifying', { exportEquals: 'target', outcome: { kind: 'success' } }, 'commit'],
    ['verifying', { exportEquals: 'target', outcome: { kind: 'error' } }, 'commit'],
    ['launching', { exportEquals: 'before', outcome: { kind: 'pending' } }, 'disarm-unapplied'],
    ['pushing', { exportEquals: 'before', outcome: { kind: 'none' } }, 'disarm-unapplied'],
    ['pushing', { exportEquals: 'before', outcome: { kind: 'error' } }, 'disarm-unapplied'],
    ['verifying', { exportEquals: 'neither', outcome: { kind: 'success' } }, 'decide-residual'],
    ['verifying', { exportEquals: 'before', outcome: { kind: 'success' } }, 'decide-residual'],
    ['verifying', { exportEquals: 'neither', outcome: { kind: 'error' } }, 'load'],
    ['verifying', { exportEquals: 'neither', outcome: { kind: 'running' } }, 'load'],
    ['verifying', { exportEquals: 'neither', outcome: { kind: 'none' } }, 'load'],
    ['verifying', { exportEquals: 'target', jobRuns: true }, 'wait'],
    ['verifying', { exportEquals: 'neither', jobRuns: true }, 'wait'],
    ['reverting', { exportEquals: 'target' }, 'load'],
    ['verifying', { exportEquals: 'target', bootedSinceLaunch: true }, 'load'],
    ['verifying', { exportEquals: 'target', guardHasRun: true }, 'load'],
    ['pushing', { exportEquals: 'before', outcome: { kind: 'pending' }, bootedSinceLaunch: true }, 'load'],
  ] as const)('%s %j: %s', (state, seen, expected) => {
    expect(act(state, seen as Partial<Evidence>)).toBe(expected)
  })

  it('waits while an import whose id was lost has not said its end', () => {
    const lost = { launch: { ...launch, jobId: null } }

    expect(act('pushing', { outcome: { kind: 'running' } }, lost)).toBe('wait')
    expect(act('pushing', { outcome: { kind: 'running' }, exportEquals: 'before' }, lost)).toBe('wait')
  })
})

describe('without the guard on the device', () => {
  const gone = (changes: Partial<Evidence>): Partial<Evidence> => ({ guardListed: false, ...changes })

  it('is committed only in the same boot, after disarming began, on the target or the verified residual', () => {
    expect(act('disarming', gone({}))).toBe('committed')
    expect(act('disarming', gone({ exportEquals: 'neither' }), { verifiedDigest: 'aa' })).toBe('committed')

    expect(act('disarming', gone({ exportEquals: 'neither' }), { verifiedDigest: 'bb' })).toBe('failed')
    expect(act('disarming', gone({ bootedSinceLaunch: true }))).toBe('failed')
    for (const state of ['launching', 'pushing', 'settling', 'verifying', 'reverting'] as const) {
      expect(act(state, gone({})), state).toBe('failed')
    }
  })

  it('is reverted only on the old configuration after a boot', () => {
    expect(act('verifying', gone({ exportEquals: 'before', bootedSinceLaunch: true }))).toBe('reverted')
    expect(act('verifying', gone({ exportEquals: 'before', bootedSinceLaunch: false }))).toBe('failed')
    expect(act('verifying', gone({ exportEquals: 'neither', bootedSinceLaunch: true }))).toBe('failed')
  })

  it('waits for a job that still runs', () => {
    expect(act('disarming', gone({ jobRuns: true }))).toBe('wait')
  })
})
