import type { OidSet } from './oid-set.js'
import type { PackEntries } from './pack-index.js'
import type { Pack } from './pack-store.js'
import type { TenantRepository } from './tenant-repository.js'

const trailerBytes = 20

/** One pack as a compaction sees it. */
export interface SurveyedPack {
  readonly pack: Pack
  readonly entries: PackEntries
  /** Positions in `entries`, in the order of the pack. */
  readonly order: Uint32Array
  readonly bytes: number
  /** Bytes and number of entries that nothing refers to. */
  readonly deadBytes: number
  readonly deadCount: number
  /** When a writer last used it: ms since 1970. */
  readonly usedAt: number
}

/** Looks at all packs: what of each is still in use. */
export async function surveyPacks(repository: TenantRepository, used: OidSet): Promise<SurveyedPack[]> {
  const surveyed: SurveyedPack[] = []
  for (const name of await repository.objects.packs.names()) {
    const pack = await repository.objects.packs.open(name)
    if (pack === undefined) continue
    const { mtimeMs: usedAt } = await repository.fs.stat(repository.objects.packs.pathOf(name, 'pack'))
    const entries = await pack.index.entries()
    const bytes = await pack.file.size()
    const order = Uint32Array.from({ length: entries.count }, (_, at) => at).sort(
      (a, b) => (entries.offsets[a] ?? 0) - (entries.offsets[b] ?? 0),
    )
    let deadBytes = 0
    let deadCount = 0
    for (let at = 0; at < order.length; at++) {
      const position = order[at] ?? 0
      if (used.hasAt(entries.ids, position * 20)) continue
      deadCount++
      deadBytes += endOf(entries, order, at, bytes) - (entries.offsets[position] ?? 0)
    }
    surveyed.push({ pack, entries, order, bytes, deadBytes, deadCount, usedAt })
  }
  return surveyed
}

/** Where the entry ends that is at a place in the order of the pack. */
export function endOf(entries: PackEntries, order: Uint32Array, at: number, packBytes: number): number {
  const next = order[at + 1]
  return next === undefined ? packBytes - trailerBytes : (entries.offsets[next] ?? 0)
}

function isWorthRewriting({ bytes, deadBytes }: SurveyedPack, limits: RepackLimits): boolean {
  return bytes <= limits.smallBytes ? deadBytes > 0 : deadBytes > bytes * limits.deadShare
}

/** How packs are chosen for rewriting. */
export interface RepackLimits {
  /** Packs up to this size are rewritten for anything dead in them. */
  readonly smallBytes: number
  /** Share of a pack that may be dead before it is rewritten. */
  readonly deadShare: number
  /** Packs larger than this are rewritten only for the sake of their dead part. */
  readonly largestBytes: number
}

/**
 * Packs to write anew: those with much that is dead, and small ones, so that there are few: each pack that stays
 * is at least twice as large as all smaller ones together. A pack that holds something dead but was used since
 * `olderThan` stays: a writer may count on what is in it.
 */
export function choosePacks(
  packs: readonly SurveyedPack[],
  looseBytes: number,
  olderThan: number,
  limits: RepackLimits,
): SurveyedPack[] {
  const movable = packs.filter((pack) => pack.deadCount === 0 || pack.usedAt <= olderThan)
  const chosen = movable.filter((pack) => isWorthRewriting(pack, limits))
  let gathered = looseBytes + chosen.reduce((sum, pack) => sum + pack.bytes - pack.deadBytes, 0)
  const rest = movable.filter((pack) => !chosen.includes(pack)).sort((a, b) => a.bytes - b.bytes)
  for (const pack of rest) {
    if (pack.bytes > limits.largestBytes || pack.bytes > gathered * 2) continue
    chosen.push(pack)
    gathered += pack.bytes
  }
  // One small pack alone, with nothing to join it, need not be copied.
  return chosen.length === 1 && looseBytes === 0 && chosen[0]?.deadCount === 0 ? [] : chosen
}
