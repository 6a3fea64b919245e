import { SECTIONS_6, SECTIONS_7, type SectionOrderTable } from './section-order-table.js'

/** Where a section stands in an export: phase 1 before phase 2, then by place. */
export interface SectionRank {
  readonly phase: 1 | 2
  readonly place: number
}

interface RankedTable {
  readonly ranks: ReadonlyMap<string, SectionRank>
  readonly rest: readonly string[]
  readonly first: readonly string[]
}

function rankTable(table: SectionOrderTable): RankedTable {
  const ranks = new Map<string, SectionRank>()
  for (const [place, path] of table.rest.entries()) ranks.set(path, { phase: 2, place })
  for (const [place, path] of table.first.entries()) ranks.set(path, { phase: 1, place })
  return { ranks, rest: table.rest, first: table.first }
}

const RANKED = { 6: rankTable(SECTIONS_6), 7: rankTable(SECTIONS_7) }

/** Places a menu that is in no table between its neighbours by path. */
function placeByPath(path: string, sorted: readonly string[]): number {
  let place = -0.5
  let best = ''
  sorted.forEach((other, index) => {
    if (other < path && other > best) {
      best = other
      place = index + 0.5
    }
  })
  return place
}

const unknown = new Map<string, SectionRank>()

/** The rank of a section in exports of a major version. */
export function sectionRank(path: string, major: number): SectionRank {
  const own = RANKED[major >= 7 ? 7 : 6]
  const other = RANKED[major >= 7 ? 6 : 7]
  const known = own.ranks.get(path)
  if (known !== undefined) return known
  const key = `${major >= 7 ? 7 : 6}${path}`
  const cached = unknown.get(key)
  if (cached !== undefined) return cached
  const phase = other.ranks.get(path)?.phase ?? 2
  const rank: SectionRank = { phase, place: placeByPath(path, phase === 1 ? own.first : own.rest) }
  unknown.set(key, rank)
  return rank
}
