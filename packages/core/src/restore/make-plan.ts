import type { TenantScope } from '../access/tenant-scope.js'
import type { CapturedExport } from '../backup/capture-export.js'
import { DeviceChangedError, StrategyRefusedError } from '../errors/push-errors.js'
import type { PushStrategy } from '../model/push-operation.js'
import {
  canonicalPlan,
  findImportClashes,
  type PushPlan,
  planImport,
  planReconcile,
} from '../plan/push-plan.js'
import type { ServicePorts } from '../service-ports.js'
import type { StoredExport } from './load-target.js'

/** A plan with the hash that binds a preview to a restore. */
export interface HashedPlan {
  readonly plan: PushPlan
  readonly planHash: string
}

/** What a plan is made from. */
export interface PlanInput {
  readonly deviceId: string
  readonly strategy: Exclude<PushStrategy, 'binary'>
  readonly current: CapturedExport | StoredExport
  readonly target: StoredExport
}

/**
 * Plans the way from the present export to the target. The hash is a keyed digest over the present configuration, the
 * target and every command, so that it changes with any of them and tells nothing without the key.
 */
export async function makePlan(
  ports: Pick<ServicePorts, 'secretBox'>,
  scope: TenantScope,
  input: PlanInput,
): Promise<HashedPlan> {
  const { current, target, deviceId } = input
  const plan = input.strategy === 'import' ? planImport(current, target) : planReconcile(current, target)
  const canonical = canonicalPlan(plan, current, target.commitSha)
  const planHash = await ports.secretBox.digest(scope, { deviceId, file: 'export.rsc' }, canonical)
  return { plan, planHash }
}

/** @throws DEVICE_CHANGED when a preview showed another plan */
export function requirePlanHash(deviceId: string, planHash: string, expected: string | undefined): void {
  if (expected !== undefined && expected !== planHash)
    throw new DeviceChangedError({ deviceId, since: 'preview' })
}

/**
 * Refuses what a strategy must not be used for: a capture that holds a guard, another model or major version, an import
 * onto items that are there.
 *
 * @throws STRATEGY_REFUSED
 */
export function requireFitting(
  input: Omit<PlanInput, 'strategy'> & { readonly strategy: PushStrategy },
  allowOtherHardware: boolean,
): void {
  const { deviceId, strategy, current, target } = input
  const refuse = (reason: string) => {
    throw new StrategyRefusedError({ deviceId, strategy, reason })
  }
  if (target.holdsGuard) refuse('the revision was captured while a guard was on the device')
  const there = current.document.header
  const stored = target.document.header
  if (!allowOtherHardware) {
    if (there.model !== undefined && stored.model !== undefined && there.model !== stored.model) {
      refuse('the revision is of another model')
    }
    if (there.majorIsStated && stored.majorIsStated && there.major !== stored.major) {
      refuse('the revision is of another major version')
    }
  }
  if (strategy === 'import' && findImportClashes(current, target).length > 0) {
    refuse('the device is not empty: an import would stop at the first item that is there')
  }
}
