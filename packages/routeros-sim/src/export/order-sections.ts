import type { ConfigItem } from '../state/config-item.js'
import { isInterfaceMenu } from '../state/interface-family.js'
import { itemName } from '../state/item-name.js'
import { findByName, namesIn, referenceTargets } from '../state/reference.js'
import type { RouterConfig } from '../state/router-config.js'
import { compareNatural } from './natural-order.js'
import { sectionRank } from './section-rank.js'

/** A run of items that stand under one header. */
export interface ExportSection {
  readonly path: string
  readonly items: ConfigItem[]
}

/** The items of a menu in the order in which an export writes them: interfaces by name, the rest as they stand. */
function inPrintOrder(config: RouterConfig, path: string, items: readonly ConfigItem[]): ConfigItem[] {
  if (!isInterfaceMenu(path)) return [...items]
  const menu = config.ensureMenu(path)
  const keyed = items.map((item) => ({ item, name: itemName(menu, item) ?? '' }))
  return keyed.sort((a, b) => compareNatural(a.name, b.name)).map(({ item }) => item)
}

/**
 * Puts items into sections in the order of an export: first the menus that others refer to, each item after those it
 * names, then the rest. A menu comes twice when some of its items have to wait for others.
 *
 * @param printable items that the export writes, by menu.
 */
export function orderSections(
  config: RouterConfig,
  major: number,
  printable: ReadonlyMap<string, readonly ConfigItem[]>,
): ExportSection[] {
  const ranked = [...printable.keys()]
    .map((path) => ({ path, rank: sectionRank(path, major) }))
    .sort((a, b) => a.rank.phase - b.rank.phase || a.rank.place - b.rank.place || (a.path < b.path ? -1 : 1))
  const sections: ExportSection[] = []
  const waiting = new Map<string, ConfigItem[]>()
  const pending = new Set<ConfigItem>()
  for (const { path, rank } of ranked) {
    if (rank.phase === 1) for (const item of printable.get(path) ?? []) pending.add(item)
  }

  const isBlocked = (item: ConfigItem): boolean => {
    const refs = config.menu(item.menu)?.facts?.refs
    if (refs === undefined) return false
    for (const [property, value] of item.values) {
      const spec = refs[property]
      if (spec === undefined || typeof value !== 'string') continue
      for (const target of referenceTargets(spec, item.menu)) {
        if (target.byUse) continue
        for (const name of namesIn(value)) {
          const named = findByName(config, target.menu, name)
          if (named !== undefined && named !== item && pending.has(named)) return true
        }
      }
    }
    return false
  }

  const write = (path: string, items: readonly ConfigItem[]): void => {
    const last = sections.at(-1)
    if (last?.path === path) last.items.push(...items)
    else if (items.length > 0) sections.push({ path, items: [...items] })
  }

  /** Writes what of a menu can be written; the rest waits. True when something was written. */
  const attempt = (path: string, items: readonly ConfigItem[]): boolean => {
    const ready: ConfigItem[] = []
    const blocked: ConfigItem[] = []
    for (const item of items) {
      if (isBlocked(item)) blocked.push(item)
      else {
        ready.push(item)
        pending.delete(item)
      }
    }
    write(path, ready)
    if (blocked.length > 0) waiting.set(path, blocked)
    else waiting.delete(path)
    return ready.length > 0
  }

  for (const { path, rank } of ranked) {
    const items = inPrintOrder(config, path, printable.get(path) ?? [])
    if (rank.phase === 2) {
      write(path, items)
      continue
    }
    let moved = attempt(path, items)
    while (moved && waiting.size > 0) {
      moved = false
      for (const [waitingPath, left] of [...waiting]) {
        if (attempt(waitingPath, left)) moved = true
      }
    }
  }
  if (waiting.size === 0) return sections
  // What refers to itself in a circle is written as it stands, in front of the second phase.
  const firstOfRest = sections.findIndex((section) => sectionRank(section.path, major).phase === 2)
  const stuck = [...waiting].map(([path, items]) => ({ path, items }))
  sections.splice(firstOfRest < 0 ? sections.length : firstOfRest, 0, ...stuck)
  return sections
}
