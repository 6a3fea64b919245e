import type { TenantScope } from '../access/tenant-scope.js'
import { LeaseLostError } from '../errors/push-errors.js'
import type { Clock } from '../ports/clock.js'
import type { DeviceLock, Lease, LockPurpose } from '../ports/device-lock.js'
import type { RandomSource } from '../ports/random-source.js'

/** What holding a lease needs. */
export interface LeasePorts {
  readonly clock: Clock
  readonly locks: DeviceLock
  readonly random: RandomSource
}

/** A lease that renews itself until it is given back. */
export interface HeldLease {
  readonly lease: Lease
  /** Fires with LEASE_LOST once the lease could not be renewed: then nothing more may be done on the device. */
  readonly lost: AbortSignal
  /** Asks the store whether the lease is still ours. @throws LEASE_LOST · STORAGE_UNAVAILABLE */
  confirm(): Promise<void>
  /** Gives it back; never throws. */
  release(): Promise<void>
}

/** How long a lease holds without renewal, and how often it is renewed, in ms. */
const leaseMs = 60_000
const renewEveryMs = 15_000

/**
 * Takes the device's lease and keeps it, or undefined when another holds it.
 *
 * @throws STORAGE_UNAVAILABLE · SCOPE_INVALID
 */
export async function takeLease(
  ports: LeasePorts,
  scope: TenantScope,
  deviceId: string,
  purpose: LockPurpose,
): Promise<HeldLease | undefined> {
  const holder = `${purpose}-${ports.random.hex(16)}`
  const asked = ports.clock.monotonicMs()
  const lease = await ports.locks.acquire(scope, deviceId, { holder, purpose, leaseMs })
  if (lease === undefined) return undefined
  const ended = new AbortController()
  const lost = new AbortController()
  const renewing = keepRenewing(ports, scope, lease, asked, ended.signal, lost)
  return {
    lease,
    lost: lost.signal,
    async confirm() {
      if (lost.signal.aborted) throw new LeaseLostError({ deviceId })
      await ports.locks.renew(scope, lease, leaseMs)
    },
    async release() {
      ended.abort()
      await renewing
      await ports.locks.release(scope, lease).catch(() => {})
    },
  }
}

async function keepRenewing(
  ports: LeasePorts,
  scope: TenantScope,
  lease: Lease,
  askedAt: number,
  ended: AbortSignal,
  lost: AbortController,
): Promise<void> {
  let renewedAt = askedAt
  for (;;) {
    try {
      await ports.clock.sleep(renewEveryMs, { signal: ended })
    } catch {
      return
    }
    const asked = ports.clock.monotonicMs()
    try {
      await ports.locks.renew(scope, lease, leaseMs)
      renewedAt = asked
    } catch (error) {
      // A store that is away for a moment is no loss yet; a lease that may have run out is one.
      const isOver = error instanceof LeaseLostError || asked - renewedAt > leaseMs - 2 * renewEveryMs
      if (!isOver) continue
      lost.abort(new LeaseLostError({ deviceId: lease.deviceId }, { cause: error }))
      return
    }
  }
}

/** How waiting for a device goes. */
export interface LeaseWait {
  /** Give up after so many ms; 0 = one try. */
  readonly waitMs: number
  readonly signal?: AbortSignal | undefined
}

/** Takes the lease as soon as the other holder gives it back; undefined when that takes longer than `waitMs`. */
export async function waitForLease(
  ports: LeasePorts,
  scope: TenantScope,
  deviceId: string,
  purpose: LockPurpose,
  wait: LeaseWait,
): Promise<HeldLease | undefined> {
  const until = ports.clock.monotonicMs() + wait.waitMs
  let pauseMs = 250
  for (;;) {
    const held = await takeLease(ports, scope, deviceId, purpose)
    const left = until - ports.clock.monotonicMs()
    if (held !== undefined || left <= 0) return held
    await ports.clock.sleep(Math.min(pauseMs, left), wait.signal === undefined ? {} : { signal: wait.signal })
    pauseMs = Math.min(pauseMs * 2, 5000)
  }
}
