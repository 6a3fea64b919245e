import { computeImpact, type Impact, validateRsc } from '@tod/rsc-parser'
import { requirePermission, type TenantScope } from '../access/tenant-scope.js'
import { type CapturedExport, captureExport } from '../backup/capture-export.js'
import { readDeviceFacts, readPolicies } from '../backup/device-facts.js'
import { findDevice, openSession } from '../device/open-session.js'
import { CoreError } from '../errors/core-error.js'
import type { ErrorCode } from '../errors/error-codes.js'
import type { LockoutReport, PushStrategy } from '../model/push-operation.js'
import { analyzeLockout, type ManagementAccess } from '../plan/analyze-lockout.js'
import { compareMeaning } from '../plan/compare-meaning.js'
import { type DescribedChange, describeChange } from '../plan/describe-change.js'
import { maskSecrets } from '../plan/mask-secrets.js'
import { printMaskedPlan, type UnsupportedPart } from '../plan/push-plan.js'
import { readAccess } from '../plan/read-access.js'
import { loadTarget, type StoredExport } from '../restore/load-target.js'
import { makePlan } from '../restore/make-plan.js'
import type { ServicePorts } from '../service-ports.js'
import { tenantSettingsOf } from '../settings/tenant-settings-of.js'

/** What is to be shown. */
export interface PreviewRequest {
  readonly deviceId: string
  /** The revision that a restore would go to; a short sha will do when it is unambiguous. */
  readonly commitSha: string
  /** Default `reconcile`. */
  readonly strategy?: Exclude<PushStrategy, 'binary'>
  readonly signal?: AbortSignal | undefined
}

/** The side that the target is compared with. */
export type PreviewSource =
  | { readonly kind: 'live' }
  /** The device could not be read: its newest stored revision stands in, and `because` says why. */
  | { readonly kind: 'backup'; readonly commitSha: string; readonly because: ErrorCode }

/** What a restore would do. Secrets are masked everywhere. */
export interface Preview {
  readonly targetSha: string
  readonly source: PreviewSource
  readonly impact: Impact
  readonly validation: { readonly valid: boolean; readonly errors: readonly string[] }
  readonly changes: readonly DescribedChange[]
  /** Null when the device was not read: from where it sees us is then not known. */
  readonly lockout: LockoutReport | null
  /** The commands of the plan. */
  readonly plan: string
  /** Binds a restore to this preview. */
  readonly planHash: string
  readonly unsupported: readonly UnsupportedPart[]
}

interface CurrentSide {
  readonly source: PreviewSource
  readonly export: CapturedExport | StoredExport
  readonly access: ManagementAccess | null
}

/** Faults of a device that a stored revision may stand in for. Another host key is none: someone may be in between. */
const standInCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DEVICE_UNREACHABLE',
  'DEVICE_TIMEOUT',
  'DEVICE_CONNECTION_LOST',
  'DEVICE_AUTH_FAILED',
  'DEVICE_COMMAND_FAILED',
  'DEVICE_OUTPUT_TOO_LARGE',
  'EXPORT_INCOMPLETE',
])

/** Shows what a restore would change and whether it would lock us out. Changes nothing on the device. */
export class PreviewService {
  constructor(private readonly ports: ServicePorts) {}

  /**
   * Compares the device as it is now with a stored revision and plans the way there.
   *
   * @throws DEVICE_NOT_FOUND · CREDENTIALS_NOT_FOUND · REVISION_NOT_FOUND · HOST_KEY_CHANGED · BACKUP_NOT_DECRYPTABLE ·
   * BACKUP_INTEGRITY_FAILED · KEY_SERVICE_UNAVAILABLE · STORAGE_* · OPERATION_ABORTED · ACCESS_DENIED
   */
  async preview(scope: TenantScope, request: PreviewRequest): Promise<Preview> {
    requirePermission(scope, 'preview')
    const { deviceId, strategy = 'reconcile' } = request
    await findDevice(this.ports, scope, deviceId)
    const commitSha = await this.ports.git.resolve(scope, { deviceId, prefix: request.commitSha })
    const target = await loadTarget(this.ports, scope, { deviceId, commitSha })
    const current = await this.readCurrent(scope, request)
    const input = { deviceId, strategy, current: current.export, target }
    const { plan, planHash } = await makePlan(this.ports, scope, input)
    const impact = computeImpact(current.export.document, target.document)
    const { valid, errors } = validateRsc(target.text)
    const mask = (text: string) => maskSecrets(text, plan.secrets)
    const at = this.ports.clock.now()
    const facts = { commitSha, source: current.source.kind }
    await this.ports.audit.append(scope, { action: 'restore.preview', deviceId, at, facts })
    return {
      targetSha: commitSha,
      source: current.source,
      impact: { ...impact, warnings: impact.warnings.map(mask) },
      validation: { valid, errors: errors.map(mask) },
      changes: compareMeaning(current.export, target).changes.map((change) =>
        describeChange(change, plan.secrets),
      ),
      lockout: current.access === null ? null : analyzeLockout(current.export, target, current.access),
      plan: printMaskedPlan(plan),
      planHash,
      unsupported: plan.unsupported,
    }
  }

  private async readCurrent(scope: TenantScope, request: PreviewRequest): Promise<CurrentSide> {
    try {
      return await this.readLive(scope, request)
    } catch (error) {
      if (!(error instanceof CoreError) || !standInCodes.has(error.code)) throw error
      const { deviceId } = request
      const newest = await this.ports.runs.newest(scope, deviceId, { withoutGuard: true })
      if (newest === undefined) throw error
      const { commitSha } = newest
      const stored = await loadTarget(this.ports, scope, { deviceId, commitSha })
      return { source: { kind: 'backup', commitSha, because: error.code }, export: stored, access: null }
    }
  }

  private async readLive(
    scope: TenantScope,
    { deviceId, signal }: Pick<PreviewRequest, 'deviceId' | 'signal'>,
  ): Promise<CurrentSide> {
    const settings = await tenantSettingsOf(this.ports, scope)
    const session = await openSession(this.ports, scope, deviceId, { signal })
    try {
      const { version } = await readDeviceFacts(session, { signal })
      const policies = await readPolicies(session, { signal })
      const captured = await captureExport(session, {
        majorVersion: version.major,
        secrets: settings.secrets === 'include' ? 'included' : 'omitted',
        maySeeSecrets: version.major < 7 || policies === null || policies.has('sensitive'),
        timeoutMs: this.ports.limits.exportMs,
        signal,
      })
      return { source: { kind: 'live' }, export: captured, access: await readAccess(session, { signal }) }
    } finally {
      await session.close()
    }
  }
}
