import { RequestInvalidError } from '../errors/request-errors.js'
import type { Probe, PushStrategy } from '../model/push-operation.js'
import type { TenantSettings } from '../model/tenant-settings.js'
import type { Trigger } from '../model/trigger.js'

/** A restore as a caller asks for it. */
export interface RestoreRequest {
  readonly deviceId: string
  /** The revision to go to; a short sha will do when it is unambiguous. */
  readonly commitSha: string
  /** Default `reconcile`. */
  readonly strategy?: PushStrategy
  /** From a preview: refused with DEVICE_CHANGED when plan or device are not the same any more. */
  readonly expectedPlanHash?: string
  /** Default: the tenant's setting. */
  readonly onLockout?: 'proceed' | 'refuse'
  /** Default: the tenant's setting. */
  readonly onResidual?: 'keep' | 'revert'
  /** Names what the caller agrees to: `binary-restore` for the strategy `binary`. */
  readonly consent?: readonly string[]
  /** 0-600 000 ms; default: the tenant's setting. */
  readonly settleWindowMs?: number
  /** Checks after the settle window besides the login. */
  readonly probes?: readonly Probe[]
  /** Goes on although model or major version of the revision differ from the device's. Default false. */
  readonly allowOtherHardware?: boolean
  /** Id for the operation, a UUID; made when absent. */
  readonly operationId?: string
  /** Cancels: before the launch a clean stop, after it a return to the old configuration. */
  readonly signal?: AbortSignal | undefined
}

/** A push with everything decided. */
export interface PushRequest {
  readonly kind: 'restore' | 'rollback'
  readonly preTrigger: Trigger
  readonly deviceId: string
  /** Full sha. */
  readonly targetSha: string
  readonly strategy: PushStrategy
  readonly expectedPlanHash: string | undefined
  readonly onLockout: 'proceed' | 'refuse'
  readonly onResidual: 'keep' | 'revert'
  readonly consent: ReadonlySet<string>
  readonly settleWindowMs: number
  readonly probes: readonly Probe[]
  readonly allowOtherHardware: boolean
  readonly operationId: string
  /** How long to go on trying the first connection, ms; 0 = one try. */
  readonly reachPatienceMs: number
  readonly signal: AbortSignal
}

const longestSettleMs = 600_000
const mostProbes = 20

/** Fills in the tenant's settings and checks bounds. @throws REQUEST_INVALID */
export function toPushRequest(
  request: RestoreRequest,
  decided: Pick<PushRequest, 'kind' | 'preTrigger' | 'targetSha' | 'operationId' | 'reachPatienceMs'>,
  settings: TenantSettings,
): PushRequest {
  const settleWindowMs = request.settleWindowMs ?? settings.settleWindowMs
  if (!(settleWindowMs >= 0 && settleWindowMs <= longestSettleMs)) {
    throw new RequestInvalidError({ field: 'settleWindowMs', reason: `has to be 0 to ${longestSettleMs}` })
  }
  const probes = request.probes ?? []
  if (probes.length > mostProbes) {
    throw new RequestInvalidError({ field: 'probes', reason: `may be ${mostProbes} at most` })
  }
  for (const probe of probes) checkProbe(probe)
  if (request.strategy === 'binary' && request.expectedPlanHash !== undefined) {
    throw new RequestInvalidError({ field: 'expectedPlanHash', reason: 'is of a plan; binary has none' })
  }
  return {
    ...decided,
    deviceId: request.deviceId,
    strategy: request.strategy ?? 'reconcile',
    expectedPlanHash: request.expectedPlanHash,
    onLockout: request.onLockout ?? settings.onLockout,
    onResidual: request.onResidual ?? settings.onResidual,
    consent: new Set(request.consent ?? []),
    settleWindowMs,
    probes,
    allowOtherHardware: request.allowOtherHardware ?? false,
    signal: request.signal ?? new AbortController().signal,
  }
}

function checkProbe(probe: Probe): void {
  const isCount = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most
  if (probe.kind === 'ping' && probe.count !== undefined && !isCount(probe.count, 20)) {
    throw new RequestInvalidError({ field: 'probes.count', reason: 'has to be 1 to 20' })
  }
  if (probe.kind === 'route-count' && !isCount(probe.atLeast, 10_000_000)) {
    throw new RequestInvalidError({ field: 'probes.atLeast', reason: 'has to be a positive number' })
  }
}
