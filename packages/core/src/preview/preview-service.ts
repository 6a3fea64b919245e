import { computeImpact, type ImpactCategory, validateRsc } from '@tod/rsc-parser'
import { requirePermission, type TenantScope } from '../access/tenant-scope.js'
import type { BackupService } from '../backup/backup-service.js'
import { type CapturedExport, captureExport } from '../backup/capture-export.js'
import { readDeviceFacts, readPolicies } from '../backup/device-facts.js'
import { openSession } from '../device/open-session.js'
import { CoreError, hasErrorCode } from '../errors/core-error.js'
import type { LockoutReport, PushStrategy } from '../model/push-operation.js'
import { analyzeLockout, type ManagementAccess } from '../plan/analyze-lockout.js'
import { compareMeaning } from '../plan/compare-meaning.js'
import { type DescribedChange, describeChange } from '../plan/describe-change.js'
import { maskSecrets, secretsOf } from '../plan/mask-secrets.js'
import { printMaskedPlan, type UnsupportedPart } from '../plan/push-plan.js'
import { readAccess } from '../plan/read-access.js'
import { loadTarget, type StoredExport } from '../restore/load-target.js'
import { makePlan } from '../restore/make-plan.js'
import type { ServicePorts } from '../service-ports.js'
import { tenantSettingsOf } from '../settings/tenant-settings-of.js'

/** What a restore would be previewed for. */
export interface PreviewRequest {
  readonly deviceId: string
  readonly commitSha: string
  /** Default `reconcile`. */
  readonly strategy?: Exclude<PushStrategy, 'binary'>
  readonly signal?: AbortSignal | undefined
}

/** Where the present side of a preview came from. */
export type PreviewSource =
  | { readonly kind: 'live' }
  | { readonly kind: 'backup'; readonly commitSha: string }

/** What a restore would do. Secrets are masked in all of it. */
export interface Preview {
  readonly diff: { readonly added: number; readonly removed: number; readonly modified: number }
  readonly categories: readonly ImpactCategory[]
  readonly warnings: readonly string[]
  readonly validation: { readonly valid: boolean; readonly errors: readonly string[] }
  readonly source: PreviewSource
  readonly changes: readonly DescribedChange[]
  readonly lockout: LockoutReport
  /** The commands that a restore would run. */
  readonly plan: string
  /** For `expectedPlanHash`; the same only while device and target stay as they are. */
  readonly planHash: string
  readonly unsupported: readonly UnsupportedPart[]
}

interface PresentSide {
  readonly source: PreviewSource
  readonly current: CapturedExport | StoredExport
  readonly access: ManagementAccess | undefined
}

/** Says what a restore would do, without touching the device. */
export class PreviewService {
  constructor(
    private readonly ports: ServicePorts,
    private readonly backups: BackupService,
  ) {}

  /**
   * Compares a revision with the live device, or with the newest backup when the device cannot be reached.
   *
   * @throws DEVICE_NOT_FOUND · REVISION_NOT_FOUND · BACKUP_NOT_DECRYPTABLE · BACKUP_INTEGRITY_FAILED · ACCESS_DENIED ·
   * DEVICE_UNREACHABLE when there is neither device nor backup
   */
  async preview(scope: TenantScope, request: PreviewRequest): Promise<Preview> {
    requirePermission(scope, 'preview')
    const { deviceId } = request
    const place = await this.backups.resolve(scope, request)
    const target = await loadTarget(this.ports, scope, place)
    const { source, current, access } = await this.presentSide(scope, request)
    const impact = computeImpact(current.document, target.document)
    const { changes } = compareMeaning(current, target)
    const strategy = request.strategy ?? 'reconcile'
    const { plan, planHash } = await makePlan(this.ports, scope, { deviceId, strategy, current, target })
    const secrets = secretsOf([current.document, target.document])
    const unknownAccess = { sourceAddresses: [], destinationAddress: null, port: 22, username: '' }
    await this.ports.audit.append(scope, {
      action: 'restore.preview',
      deviceId,
      at: this.ports.clock.now(),
      facts: { commitSha: place.commitSha, source: source.kind },
    })
    const validation = validateRsc(target.text)
    return {
      diff: impact.diff,
      categories: impact.categories,
      warnings: impact.warnings.map((warning) => maskSecrets(warning, secrets)),
      validation: {
        valid: validation.valid,
        errors: validation.errors.map((error) => maskSecrets(error, secrets)),
      },
      source,
      changes: changes.map((change) => describeChange(change, secrets)),
      lockout: analyzeLockout(current, target, access ?? unknownAccess),
      plan: printMaskedPlan(plan),
      planHash,
      unsupported: plan.unsupported,
    }
  }

  private async presentSide(scope: TenantScope, request: PreviewRequest): Promise<PresentSide> {
    try {
      return await this.live(scope, request)
    } catch (error) {
      const isSilent = error instanceof CoreError && /^(DEVICE_|EXPORT_)/.test(error.code)
      if (!isSilent || hasErrorCode(error, 'DEVICE_NOT_FOUND')) throw error
      const head = await this.ports.git.head(scope, request.deviceId)
      if (head === undefined) throw error
      const current = await loadTarget(this.ports, scope, {
        deviceId: request.deviceId,
        commitSha: head.commitSha,
      })
      return { source: { kind: 'backup', commitSha: head.commitSha }, current, access: undefined }
    }
  }

  private async live(scope: TenantScope, { deviceId, signal }: PreviewRequest): Promise<PresentSide> {
    const settings = await tenantSettingsOf(this.ports, scope)
    const session = await openSession(this.ports, scope, deviceId, { signal })
    try {
      const facts = await readDeviceFacts(session, { signal })
      const policies = await readPolicies(session, { signal })
      const current = await captureExport(session, {
        majorVersion: facts.version.major,
        secrets: settings.secrets === 'include' ? 'included' : 'omitted',
        maySeeSecrets: facts.version.major < 7 || policies === null || policies.has('sensitive'),
        timeoutMs: this.ports.limits.exportMs,
        signal,
      })
      return { source: { kind: 'live' }, current, access: await readAccess(session, { signal }) }
    } finally {
      await session.close()
    }
  }
}
