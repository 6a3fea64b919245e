import { describe, expect, it } from 'vitest'
import { defaultTenantSettings, type Probe, type RestoreRequest } from '../../src/index.js'
import { toPushRequest } from '../../src/restore/push-request.js'

const decided = {
  kind: 'restore',
  preTrigger: 'pre-restore',
  targetSha: 'a'.repeat(40),
  operationId: 'o',
  reachPatienceMs: 0,
} as const
const make = (request: Partial<RestoreRequest> = {}) =>
  toPushRequest({ deviceId: 'd', commitSha: 'aaaa', ...request }, decided, {
    ...defaultTenantSettings,
    onLockout: 'refuse',
    settleWindowMs: 30_000,
  })

describe('a restore request', () => {
  it('takes what it does not say from the tenant', () => {
    expect(make()).toMatchObject({
      strategy: 'reconcile',
      onLockout: 'refuse',
      onResidual: 'keep',
      settleWindowMs: 30_000,
      allowOtherHardware: false,
    })
    expect(make({ onLockout: 'proceed', onResidual: 'revert', settleWindowMs: 0 })).toMatchObject({
      onLockout: 'proceed',
      onResidual: 'revert',
      settleWindowMs: 0,
    })
  })

  it.each<[string, Partial<RestoreRequest>]>([
    ['settleWindowMs', { settleWindowMs: -1 }],
    ['settleWindowMs', { settleWindowMs: 600_001 }],
    ['settleWindowMs', { settleWindowMs: Number.NaN }],
    ['probes', { probes: Array<Probe>(21).fill({ kind: 'ping', address: '192.0.2.1' }) }],
    ['expectedPlanHash', { strategy: 'binary', expectedPlanHash: 'ab' }],
    ['probes.count', { probes: [{ kind: 'ping', address: '192.0.2.1', count: 0 }] }],
    ['probes.atLeast', { probes: [{ kind: 'route-count', atLeast: 1.5 }] }],
  ])('is refused when %s is out of bounds', (field, request) => {
    expect(() => make(request)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', details: expect.objectContaining({ field }) }),
    )
  })
})
