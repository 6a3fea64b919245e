import { PushInProgressError } from '../errors/push-errors.js'
import { type GuardEntry, isOverdue } from './guard-reading.js'

/**
 * Refuses to touch a device on which a guard is that is not this operation's.
 *
 * @throws PUSH_IN_PROGRESS; with `overdueGuard` when it should have fired and a person has to look
 */
export function refuseForeignGuards(deviceId: string, guards: readonly GuardEntry[]): void {
  if (guards.length === 0) return
  const timed = guards.filter((guard) => guard.intervalMs > 0)
  const overdueGuard = timed.length === 0 || timed.some(isOverdue)
  throw new PushInProgressError({ deviceId, seen: 'guard', overdueGuard })
}
