import type { MenuPath } from '../document/menu-path.js'
import { importOrderJson } from './import-order.generated.js'
import { allMenuPaths, menuFacts } from './menu-table.js'

interface MeasuredOrder {
  readonly phase1: readonly MenuPath[]
  readonly phase2: readonly MenuPath[]
  readonly breaks: readonly MenuPath[]
}

let measured: Readonly<Record<string, MeasuredOrder>> | undefined
const ranks = new Map<number, ReadonlyMap<MenuPath, number>>()

/**
 * Where a menu stands in an export of a major version: lower comes first. Measured where it was seen; a menu that
 * was not stands by path among the second phase, or at the end of the first when other menus refer to it.
 */
export function importRank(path: MenuPath, major = 7): number {
  const key = major < 7 ? 6 : 7
  let known = ranks.get(key)
  if (known === undefined) {
    known = buildRanks(key)
    ranks.set(key, known)
  }
  return known.get(path) ?? known.size + 1
}

/** All menus of the table and of the measured order for a major version, in export order. */
export function importOrder(major = 7): readonly MenuPath[] {
  importRank('/', major)
  return [...(ranks.get(major < 7 ? 6 : 7)?.keys() ?? [])]
}

function buildRanks(major: number): ReadonlyMap<MenuPath, number> {
  measured ??= JSON.parse(importOrderJson) as Record<string, MeasuredOrder>
  const order = measured[String(major)]
  if (order === undefined) return new Map()
  const seen = new Set([...order.phase1, ...order.phase2])
  const isReferred = referredMenus(major)
  const rest = allMenuPaths().filter((path) => !seen.has(path))
  const sequence = [...order.phase1, ...rest.filter((path) => isReferred.has(path))]
  const second = [...order.phase2]
  for (const path of rest) {
    if (isReferred.has(path)) continue
    // In front of the first menu that is later in the alphabet; the hoisted settings menus do not shift that.
    const at = second.findIndex((other) => other > path && !order.breaks.includes(other))
    if (at < 0) second.push(path)
    else second.splice(at, 0, path)
  }
  return new Map([...sequence, ...second].map((path, index) => [path, index]))
}

function referredMenus(major: number): ReadonlySet<MenuPath> {
  const targets = new Set<MenuPath>()
  for (const path of allMenuPaths()) {
    for (const target of Object.values(menuFacts(path, major)?.refs ?? {})) {
      for (const one of target.split('|')) if (!one.includes(':')) targets.add(one)
    }
  }
  return targets
}
