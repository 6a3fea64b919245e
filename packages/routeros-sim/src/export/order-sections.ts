import type { ConfigItem } from '../state/config-item.js'
import { isInterfaceMenu } from '../state/interface-family.js'
import { itemName } from '../state/item-name.js'
import { findByName, namesIn, referenceTargets } from '../state/reference.js'
import type { RouterConfig } from '../state/router-config.js'
import { compareNatural } from './natural-order.js'
import {
  familyPlace,
  firstPhaseKey,
  hasCapsman,
  isFirstPhase,
  secondPhasePlace,
  type VersionNumbers,
} from './section-rank.js'

/** A run of items that stand under one header. */
export interface ExportSection {
  readonly path: string
  readonly items: ConfigItem[]
}

/** Menus whose built-in entries are addressed by the name of an interface. */
const NAMED_BY_INTERFACE: ReadonlySet<string> = new Set([
  '/ip neighbor discovery',
  '/queue interface',
  '/interface wireless manual-tx-power-table',
  '/interface wireless nstreme',
])

/** The items of a menu in the order in which an export writes them: interfaces by name, the rest as they stand. */
function inPrintOrder(config: RouterConfig, path: string, items: readonly ConfigItem[]): ConfigItem[] {
  if (!isInterfaceMenu(path)) return [...items]
  const menu = config.ensureMenu(path)
  const keyed = items.map((item) => ({ item, name: itemName(menu, item) ?? '' }))
  return keyed.sort((a, b) => compareNatural(a.name, b.name)).map(({ item }) => item)
}

/** Writes sections, and keeps what has to wait for something that is not written yet. */
class SectionWriter {
  readonly sections: ExportSection[] = []
  readonly #config: RouterConfig
  readonly #pending: Set<ConfigItem>
  readonly #waiting = new Map<string, ConfigItem[]>()
  /** Up to 6.47 an interface list waits for one it includes until all lists were gone through. */
  readonly #waitsForOwnMenu: boolean

  /** True when built-in values are written too, and so their references count. */
  readonly #verbose: boolean

  constructor(config: RouterConfig, pending: Set<ConfigItem>, waitsForOwnMenu: boolean, verbose: boolean) {
    this.#verbose = verbose
    this.#config = config
    this.#pending = pending
    this.#waitsForOwnMenu = waitsForOwnMenu
  }

  write(path: string, items: readonly ConfigItem[]): void {
    const last = this.sections.at(-1)
    if (last?.path === path) last.items.push(...items)
    else if (items.length > 0) this.sections.push({ path, items: [...items] })
  }

  /** Writes what of a menu can be written; the rest waits. True when something was written. */
  attempt(path: string, items: readonly ConfigItem[]): boolean {
    const waitsForOwnMenu = this.#waitsForOwnMenu && path === '/interface list'
    const ready: ConfigItem[] = []
    const blocked: ConfigItem[] = []
    for (const item of items) {
      if (this.#isBlocked(item)) blocked.push(item)
      else {
        ready.push(item)
        if (!waitsForOwnMenu) this.#pending.delete(item)
      }
    }
    for (const item of ready) this.#pending.delete(item)
    this.write(path, ready)
    if (blocked.length === 0) this.#waiting.delete(path)
    else this.#waiting.set(path, blocked)
    return ready.length > 0
  }

  /** Writes what waited and can go now, again and again until nothing moves. */
  flush(): void {
    let moved = this.#waiting.size > 0
    while (moved) {
      moved = false
      for (const [path, left] of [...this.#waiting]) if (this.attempt(path, left)) moved = true
    }
  }

  /** Writes what refers to itself in a circle, as it stands. */
  giveUp(): void {
    for (const [path, left] of this.#waiting) this.write(path, left)
    this.#waiting.clear()
  }

  #isBlocked(item: ConfigItem): boolean {
    if (NAMED_BY_INTERFACE.has(item.menu) && item.handle?.kind === 'name') {
      if (this.#isPending('/interface', item.handle.name, item)) return true
    }
    const refs = this.#config.menu(item.menu)?.facts?.refs
    if (refs === undefined) return false
    for (const [property, value] of this.#verbose ? [...item.base, ...item.values] : item.values) {
      const spec = refs[property]
      if (spec === undefined || typeof value !== 'string') continue
      if (property === 'routing-table' && item.menu === '/routing ospf instance') continue
      for (const target of referenceTargets(spec, item.menu)) {
        if (target.property !== 'name') {
          if (this.#isUsePending(target.menu, target.property, value)) return true
          continue
        }
        if (target.byUse) continue
        if (namesIn(value).some((name) => this.#isPending(target.menu, name, item))) return true
      }
    }
    return false
  }

  /** True when an item that makes this list or channel name is still to come. */
  #isUsePending(targetMenu: string, property: string, value: string): boolean {
    for (const item of this.#config.menu(targetMenu)?.items ?? []) {
      if (this.#pending.has(item) && item.values.get(property) === value) return true
    }
    return false
  }

  #isPending(targetMenu: string, name: string, self: ConfigItem): boolean {
    const named = findByName(this.#config, targetMenu, name)
    return named !== undefined && named !== self && this.#pending.has(named)
  }
}

interface Slot {
  readonly key: string
  readonly paths: string[]
}

/** Menus of the first phase in the order in which they are tried; interface menus of v7 are one slot, of v6
 * bridges with hardware and each other kind. */
function firstPhaseSlots(
  config: RouterConfig,
  version: VersionNumbers,
  printable: ReadonlyMap<string, readonly ConfigItem[]>,
): Slot[] {
  const paths = [...printable.keys()].filter((path) => isFirst(path, version, printable))
  const capsman = hasCapsman(config.menus.keys(), version)
  const hardwareId = (path: string): number | undefined => {
    const ids = (config.menu(path)?.items ?? [])
      .filter((item) => item.handle?.kind === 'find')
      .map((item) => item.id)
    return ids.length === 0 ? undefined : Math.min(...ids)
  }
  const key = firstPhaseKey('/interface bridge', capsman)
  const isFamily = (path: string): boolean => isInterfaceMenu(path) && !path.startsWith('/zerotier')
  const family = paths.filter(isFamily).map((path) => ({
    path,
    place: familyPlace(path, version, hardwareId(path)),
  }))
  family.sort((a, b) => a.place - b.place || (a.path < b.path ? -1 : 1))
  const slots: Slot[] =
    version[0] >= 7
      ? [{ key, paths: family.map(({ path }) => path) }]
      : [
          { key, paths: family.filter(({ place }) => place < 2).map(({ path }) => path) },
          ...family.filter(({ place }) => place >= 2).map(({ path }) => ({ key, paths: [path] })),
        ]
  for (const path of paths.filter((one) => !isFamily(one))) {
    slots.push({ key: firstPhaseKey(path, capsman), paths: [path] })
  }
  // A stable sort keeps the family in its own order.
  return slots.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

/** A menu of the first phase; v7 writes IPsec profiles there only when peers use them. */
function isFirst(
  path: string,
  version: VersionNumbers,
  printable: ReadonlyMap<string, readonly ConfigItem[]>,
): boolean {
  if (path === '/ip ipsec profile' && version[0] >= 7) return printable.has('/ip ipsec peer')
  return isFirstPhase(path, version)
}

/**
 * Puts items into sections in the order of an export: first the menus that others refer to, each item after those it
 * names, then the rest. A menu comes twice when some of its items have to wait for others.
 *
 * @param printable items that the export writes, by menu.
 */
export function orderSections(
  config: RouterConfig,
  version: VersionNumbers,
  printable: ReadonlyMap<string, readonly ConfigItem[]>,
  verbose: boolean,
): ExportSection[] {
  const slots = firstPhaseSlots(config, version, printable)
  const pending = new Set(slots.flatMap(({ paths }) => paths.flatMap((path) => printable.get(path) ?? [])))
  const isOld = version[0] < 6 || (version[0] === 6 && version[1] < 48)
  const writer = new SectionWriter(config, pending, isOld, verbose)
  for (const { paths } of slots) {
    for (const path of paths) writer.attempt(path, inPrintOrder(config, path, printable.get(path) ?? []))
    writer.flush()
  }
  writer.giveUp()
  const rest = [...printable.keys()]
    .filter((path) => !isFirst(path, version, printable))
    .map((path) => ({ path, place: secondPhasePlace(path, version) }))
    .sort((a, b) => a.place - b.place || (a.path < b.path ? -1 : 1))
  for (const { path } of rest) writer.write(path, inPrintOrder(config, path, printable.get(path) ?? []))
  return writer.sections
}
