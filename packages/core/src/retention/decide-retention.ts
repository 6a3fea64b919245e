import type { BackupRow } from '../model/backup-entry.js'
import type { RetentionPolicy } from '../model/retention-policy.js'
import { rollbackTriggers } from '../model/trigger.js'

const dayMs = 86_400_000

/** A revision as far as retention looks at it. */
export type RetainedRow = Pick<BackupRow, 'commitSha' | 'createdAt' | 'trigger' | 'pinned' | 'holdsGuard'>

/**
 * Which revisions of one device stay. Pure: the same rows, policy and time give the same answer.
 *
 * @param newestFirst all revisions of the device.
 * @param needed shas that an open push refers to.
 */
export function decideRetention(
  newestFirst: readonly RetainedRow[],
  policy: RetentionPolicy,
  now: number,
  needed: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const rules = [policy.last, policy.days, policy.daily, policy.weekly, policy.monthly]
  if (rules.every((rule) => rule === undefined)) return new Set(newestFirst.map((row) => row.commitSha))
  const kept = new Set<string>()
  const keep = (rows: readonly (RetainedRow | undefined)[]) => {
    for (const row of rows) if (row !== undefined) kept.add(row.commitSha)
  }
  keep([newestFirst[0]])
  keep([newestFirst.find((row) => rollbackTriggers.includes(row.trigger) && !row.holdsGuard)])
  keep(newestFirst.filter((row) => row.pinned || row.trigger === 'checkpoint' || needed.has(row.commitSha)))
  keep(newestFirst.slice(0, policy.last ?? 0))
  const { days } = policy
  if (days !== undefined) keep(newestFirst.filter((row) => row.createdAt > now - days * dayMs))
  keep(newestOfEach(newestFirst, policy.daily, (at) => `${Math.floor(at / dayMs)}`))
  // 1970-01-01 was a Thursday: four days on, weeks begin on Monday.
  keep(newestOfEach(newestFirst, policy.weekly, (at) => `${Math.floor((at / dayMs + 3) / 7)}`))
  keep(newestOfEach(newestFirst, policy.monthly, (at) => new Date(at).toISOString().slice(0, 7)))
  return kept
}

function newestOfEach(
  newestFirst: readonly RetainedRow[],
  count: number | undefined,
  periodOf: (at: number) => string,
): readonly RetainedRow[] {
  const newest = new Map<string, RetainedRow>()
  for (const row of newestFirst) {
    const period = periodOf(row.createdAt)
    if (newest.size >= (count ?? 0) && !newest.has(period)) break
    if (!newest.has(period)) newest.set(period, row)
  }
  return [...newest.values()]
}
