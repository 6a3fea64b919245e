import { nextCronTime } from './cron-expression.js'

/** Nobody's backup comes later than this after its scheduled time. */
const longestJitterMs = 5 * 60_000

/** FNV-1a, 32 bits: spreads ids evenly and is the same in every process. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  }
  return hash
}

/**
 * When a device comes due next: the first scheduled time after `after`, plus a delay that is always the same for the
 * device, so that ten thousand routers with one schedule are not called in one second. The delay is below a quarter of
 * the time to the following run and below five minutes. All times UTC, ms since 1970.
 *
 * @throws SCHEDULE_INVALID
 */
export function nextDueTime(cronExpression: string, deviceId: string, after: number): number {
  // A slot whose delayed time is still ahead counts, although its scheduled time has passed.
  let slot = nextCronTime(cronExpression, after - longestJitterMs)
  for (;;) {
    const following = nextCronTime(cronExpression, slot)
    const spread = Math.min(longestJitterMs, Math.floor((following - slot) / 4))
    const due = slot + (hashOf(deviceId) % Math.max(1, spread))
    if (due > after) return due
    slot = following
  }
}
