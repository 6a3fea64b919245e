import { CoreError } from './core-error.js'

/**
 * Another push holds the device: its lock is taken, or a guard that is not ours is on the device. `overdueGuard` is
 * true when that guard should have fired long ago and a person has to look.
 */
export class PushInProgressError extends CoreError {
  override readonly name = 'PushInProgressError'
  readonly code = 'PUSH_IN_PROGRESS'
  override readonly details: {
    readonly deviceId: string
    readonly seen: 'lock' | 'guard'
    readonly overdueGuard: boolean
  }
  constructor(
    details: { readonly deviceId: string; readonly seen: 'lock' | 'guard'; readonly overdueGuard?: boolean },
    options?: ErrorOptions,
  ) {
    super(`Another restore is under way on the device '${details.deviceId}'.`, options)
    this.details = { overdueGuard: false, ...details }
  }
}

/** Another backup or push holds the device and did not finish in the time we wait for it. */
export class DeviceBusyError extends CoreError {
  override readonly name = 'DeviceBusyError'
  readonly code = 'DEVICE_BUSY'
  override readonly retryable = true
  override readonly details: { readonly deviceId: string }
  constructor(details: { readonly deviceId: string }, options?: ErrorOptions) {
    super(`Another operation holds the device '${details.deviceId}'.`, options)
    this.details = details
  }
}

/** The device's configuration is not the one that the preview or the plan was made from. Nothing was pushed. */
export class DeviceChangedError extends CoreError {
  override readonly name = 'DeviceChangedError'
  readonly code = 'DEVICE_CHANGED'
  override readonly details: { readonly deviceId: string; readonly since: 'preview' | 'plan' }
  constructor(
    details: { readonly deviceId: string; readonly since: 'preview' | 'plan' },
    options?: ErrorOptions,
  ) {
    super(
      `The configuration of the device '${details.deviceId}' has changed since the ${details.since}.`,
      options,
    )
    this.details = details
  }
}

/** The analysis says that the push would lock us out, and the request said to refuse then. Nothing was touched. */
export class LockoutRefusedError extends CoreError {
  override readonly name = 'LockoutRefusedError'
  readonly code = 'LOCKOUT_REFUSED'
  override readonly details: { readonly deviceId: string; readonly verdict: string }
  constructor(details: { readonly deviceId: string; readonly verdict: string }, options?: ErrorOptions) {
    super(`The restore would cut off the management of the device '${details.deviceId}'.`, options)
    this.details = details
  }
}

/** The guard could not be put on the device and seen there. Nothing was pushed. */
export class GuardNotArmedError extends CoreError {
  override readonly name = 'GuardNotArmedError'
  readonly code = 'GUARD_NOT_ARMED'
  override readonly details: { readonly deviceId: string; readonly reason: string }
  constructor(details: { readonly deviceId: string; readonly reason: string }, options?: ErrorOptions) {
    super(`The guard could not be armed on the device '${details.deviceId}' (${details.reason}).`, options)
    this.details = details
  }
}

/** The plan would need something that cannot be done by commands, or a menu that we do not know. Nothing was pushed. */
export class PlanUnsupportedError extends CoreError {
  override readonly name = 'PlanUnsupportedError'
  readonly code = 'PLAN_UNSUPPORTED'
  override readonly details: { readonly deviceId: string; readonly reason: string }
  constructor(details: { readonly deviceId: string; readonly reason: string }, options?: ErrorOptions) {
    super(`The restore of the device '${details.deviceId}' cannot be planned (${details.reason}).`, options)
    this.details = details
  }
}

/** This way of restoring is dangerous in a way that the caller has to agree to by name (`consent`). */
export class ConsentRequiredError extends CoreError {
  override readonly name = 'ConsentRequiredError'
  readonly code = 'CONSENT_REQUIRED'
  override readonly details: { readonly consent: string }
  constructor(details: { readonly consent: string }, options?: ErrorOptions) {
    super(`This restore needs the consent '${details.consent}'.`, options)
    this.details = details
  }
}

/** The strategy's conditions do not hold for this device and revision. Nothing was pushed. */
export class StrategyRefusedError extends CoreError {
  override readonly name = 'StrategyRefusedError'
  readonly code = 'STRATEGY_REFUSED'
  override readonly details: { readonly deviceId: string; readonly strategy: string; readonly reason: string }
  constructor(
    details: { readonly deviceId: string; readonly strategy: string; readonly reason: string },
    options?: ErrorOptions,
  ) {
    super(
      `The strategy '${details.strategy}' is refused for the device '${details.deviceId}' (${details.reason}).`,
      options,
    )
    this.details = details
  }
}

/** The lease was taken over or ran out. Whoever sees this does nothing more on the device. */
export class LeaseLostError extends CoreError {
  override readonly name = 'LeaseLostError'
  readonly code = 'LEASE_LOST'
  override readonly details: { readonly deviceId: string }
  constructor(details: { readonly deviceId: string }, options?: ErrorOptions) {
    super(`The lock of the device '${details.deviceId}' is held by another process.`, options)
    this.details = details
  }
}
