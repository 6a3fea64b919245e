import { throwIfAborted } from '@tod/core'
import { parseTrailers } from './commit-text.js'
import type { LockOptions } from './lock-file.js'
import { type ChainLink, readKeptTips, walkFrom } from './revision-chain.js'
import { deviceRef, deviceRefPrefix, isSafeId, keepRef, keepRefPrefix, keptSha } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'

interface DevicePlan {
  readonly deviceId: string
  /** First commits of runs that the device's own ref does not reach any more. */
  readonly keepTips: ReadonlySet<string>
  /** Last commits of runs: history ends there. */
  readonly ends: readonly string[]
  readonly dropped: number
}

/**
 * Drops the revisions in `drop`: runs that stay behind dropped ones get a ref of their own, and history is cut where
 * a run ends. Shas that stay do not change; the objects of dropped ones go with the next compaction. Order: refs, cut,
 * superfluous refs; a kill in between leaves more than was asked for, and the next run ends it.
 *
 * Kept even if named: the newest revision of each device, and history in the usual layout.
 */
export async function retainRevisions(
  repository: TenantRepository,
  drop: ReadonlyMap<string, ReadonlySet<string>>,
  options: LockOptions & { assertHeld(): Promise<void> },
): Promise<{ readonly droppedRevisions: number }> {
  const ends = new Set<string>()
  const plans: DevicePlan[] = []
  for (const name of (await repository.refs.list(deviceRefPrefix)).keys()) {
    throwIfAborted(options.signal)
    const deviceId = name.slice(deviceRefPrefix.length)
    const unwanted = drop.get(deviceId)
    if (unwanted === undefined || !isSafeId(deviceId)) continue
    const plan = await planDevice(repository, deviceId, unwanted)
    for (const sha of plan.ends) ends.add(sha)
    plans.push(plan)
  }
  await options.assertHeld()
  for (const { deviceId, keepTips } of plans) {
    for (const sha of keepTips) {
      const ref = keepRef(deviceId, sha)
      const seen = await repository.refs.read(ref)
      if (seen !== sha) await repository.refs.compareAndSwap(ref, seen, sha, options)
    }
  }
  await repository.shallow.update(async (known) => new Set([...known, ...ends]), options)
  for (const { deviceId, keepTips } of plans) {
    for (const [ref, oid] of await repository.refs.list(`${keepRefPrefix}${deviceId}/`)) {
      if (!keepTips.has(keptSha(ref))) await repository.refs.delete(ref, oid, options)
    }
  }
  return { droppedRevisions: plans.reduce((sum, plan) => sum + plan.dropped, 0) }
}

async function planDevice(
  repository: TenantRepository,
  deviceId: string,
  unwanted: ReadonlySet<string>,
): Promise<DevicePlan> {
  const keepTips = new Set<string>()
  const ends: string[] = []
  let dropped = 0
  const seen = new Set<string>()
  const tip = await repository.refs.resolve(deviceRef(deviceId))
  const tips = [...(tip === undefined ? [] : [tip]), ...(await readKeptTips(repository, deviceId))]
  for (const [at, from] of tips.entries()) {
    const isNewest = at === 0 && tip !== undefined
    let last: ChainLink | undefined
    let isFirst = true
    for await (const link of walkFrom(repository, deviceId, from, 'repository')) {
      const { oid } = link.commit
      if (seen.has(oid)) break
      seen.add(oid)
      const isForeign = parseTrailers(link.commit.message) === undefined
      const stays = !unwanted.has(oid) || isForeign || (isNewest && isFirst)
      isFirst = false
      if (stays) {
        // The own ref reaches the first run; each later one begins behind something dropped.
        if (last === undefined && !(isNewest && oid === from)) keepTips.add(oid)
        last = link
        if (isForeign) break
      } else {
        dropped++
        if (last !== undefined) ends.push(last.commit.oid)
        last = undefined
      }
    }
  }
  return { deviceId, keepTips, ends, dropped }
}
