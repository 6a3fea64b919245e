import type { ConfigItem } from '../state/config-item.js'
import { IMPLIED_PORT } from '../state/hardware-ports.js'
import { isInterfaceMenu } from '../state/interface-family.js'
import { itemName } from '../state/item-name.js'
import { findByName, namesIn, referenceTargets } from '../state/reference.js'
import type { RouterConfig } from '../state/router-config.js'
import type { VersionNumbers } from './export-header.js'
import { isWrittenFirst } from './first-phase.js'
import { compareNatural } from './natural-order.js'
import { firstPhaseKey, hasCapsman, secondPhaseKey } from './section-key.js'

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

/** Those among them of which routers, even of one release, differ in the order; the age of their entries tells it. */
const ORDERED_BY_AGE: ReadonlySet<string> = new Set([
  '/ip neighbor discovery',
  '/interface wireless manual-tx-power-table',
  '/interface wireless nstreme',
])

/** Properties that name something an item does not wait for. Seen on 7.2 to 7.21. */
const NOT_AWAITED: Readonly<Record<string, readonly string[]>> = {
  '/ipv6 dhcp-server': ['address-pool', 'prefix-pool'],
  '/routing ospf instance': ['routing-table'],
  '/routing rip instance': ['routing-table'],
}

/** What stands in place of the name of something that was removed. */
const IS_GONE = /^\*[0-9A-F]+$/

/** Properties that can hold such a text themselves. Any other names something, whether the tables know it or not. */
const FREE_TEXT: ReadonlySet<string> = new Set(['comment', 'name'])

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
  /** Built-in items with nothing to say: they are not written, but what names them waits until they are passed. */
  readonly #silent: ReadonlySet<ConfigItem>
  readonly #waiting = new Map<string, ConfigItem[]>()
  /** True when built-in values are written too, and so their references count. */
  readonly #verbose: boolean

  constructor(
    config: RouterConfig,
    pending: Iterable<ConfigItem>,
    silent: ReadonlySet<ConfigItem>,
    verbose: boolean,
  ) {
    this.#verbose = verbose
    this.#config = config
    this.#pending = new Set(pending)
    this.#silent = silent
  }

  write(path: string, items: readonly ConfigItem[]): void {
    const last = this.sections.at(-1)
    if (last?.path === path) last.items.push(...items)
    else if (items.length > 0) this.sections.push({ path, items: [...items] })
  }

  /** Writes what of a menu can be written; the rest waits. True when something was written. */
  attempt(path: string, items: readonly ConfigItem[]): boolean {
    const ready: ConfigItem[] = []
    const blocked: ConfigItem[] = []
    for (const item of items) {
      if (this.#isBlocked(item)) blocked.push(item)
      else {
        ready.push(item)
        this.#pending.delete(item)
      }
    }
    this.write(
      path,
      ready.filter((item) => !this.#silent.has(item)),
    )
    if (blocked.length === 0) this.#waiting.delete(path)
    else this.#waiting.set(path, blocked)
    return ready.length > 0
  }

  /** Writes what waited and can go now, again and again until nothing moves. */
  flush(mayGo: (path: string) => boolean = () => true): void {
    let moved = this.#waiting.size > 0
    while (moved) {
      moved = false
      for (const [path, left] of [...this.#waiting]) {
        if (mayGo(path) && this.attempt(path, left)) moved = true
      }
    }
  }

  /** What waits in vain, by menu: it names something that is gone, or itself in a circle. */
  left(): Map<string, ConfigItem[]> {
    const left = [...this.#waiting].map(([path, items]): [string, ConfigItem[]] => [
      path,
      items.filter((item) => !this.#silent.has(item)),
    ])
    return new Map(left.filter(([, items]) => items.length > 0))
  }

  #isBlocked(item: ConfigItem): boolean {
    if (NAMED_BY_INTERFACE.has(item.menu) && item.handle?.kind === 'name') {
      if (this.#isPending('/interface', item.handle.name)) return true
    }
    const refs = this.#config.menu(item.menu)?.facts?.refs ?? {}
    for (const [property, value] of this.#verbose ? [...item.base, ...item.values] : item.values) {
      if (typeof value !== 'string' || NOT_AWAITED[item.menu]?.includes(property) === true) continue
      const spec = refs[property]
      if (spec === undefined) {
        if (IS_GONE.test(value) && !FREE_TEXT.has(property)) return true
        continue
      }
      for (const target of referenceTargets(spec, item.menu)) {
        if (target.property !== 'name') {
          if (this.#isUsePending(target.menu, target.property, value)) return true
          continue
        }
        if (target.byUse) continue
        for (const name of namesIn(value, target.menu)) {
          if (IS_GONE.test(name) || this.#isPending(target.menu, name)) return true
        }
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

  #isPending(targetMenu: string, name: string): boolean {
    const named = findByName(this.#config, targetMenu, name)
    return named !== undefined && this.#pending.has(named)
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

interface Slot {
  readonly key: string
  readonly paths: string[]
}

/**
 * Orders interface menus among their like: bridges (in v6 behind LTE and behind what is older than they are), then the
 * others by the age of their oldest interface. Ports that the loaded export did not mention were there before everything.
 * Assumption: ids are given in the order of the loaded export. That age decides is inferred from public exports, which
 * order kinds of interfaces differently.
 */
function sortFamily(
  paths: readonly string[],
  itemsOf: (path: string) => readonly ConfigItem[],
  major: number,
): string[] {
  const isImplied = (item: ConfigItem): boolean => item.base.has(IMPLIED_PORT)
  const oldest = (path: string): number =>
    Math.min(...itemsOf(path).flatMap((item) => (isImplied(item) ? [] : [item.id])))
  const bridges = itemsOf('/interface bridge').length === 0 ? 0 : oldest('/interface bridge')
  const place = (path: string): readonly [rank: number, age: number] => {
    if (path === '/interface bridge') return [2, 0]
    if (path === '/interface lte' && major < 7) return [0, 0]
    if (major < 7 && oldest(path) < bridges) return [1, oldest(path)]
    return [3, itemsOf(path).some(isImplied) ? 0 : oldest(path)]
  }
  return paths
    .map((path) => ({ path, place: place(path) }))
    .sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1])
    .map(({ path }) => path)
}

/**
 * Menus of the first phase in the order in which they are tried. Interface menus of v7 are one slot; of v6 bridges and
 * hardware are one, and from the first kind without hardware on each kind is one.
 */
function firstPhaseSlots(
  config: RouterConfig,
  version: VersionNumbers,
  printable: ReadonlyMap<string, readonly ConfigItem[]>,
  silent: ReadonlyMap<string, readonly ConfigItem[]>,
): Slot[] {
  const paths = [...new Set([...printable.keys(), ...silent.keys()])].filter((path) =>
    isWrittenFirst(config, path, version, printable),
  )
  const capsman = hasCapsman(config.menus.keys(), version)
  const isFamily = (path: string): boolean => isInterfaceMenu(path) && !path.startsWith('/zerotier')
  const itemsOf = (path: string): readonly ConfigItem[] => printable.get(path) ?? []
  const family = sortFamily(paths.filter(isFamily), itemsOf, version[0])
  const isKindOfItsOwn = (path: string): boolean =>
    path !== '/interface bridge' && itemsOf(path).every((item) => item.handle === undefined)
  const ownKind = version[0] >= 7 ? -1 : family.findIndex(isKindOfItsOwn)
  const together = ownKind < 0 ? family.length : ownKind
  const key = firstPhaseKey('/interface bridge', capsman)
  const slots: Slot[] = [
    { key, paths: family.slice(0, together) },
    ...family.slice(together).map((path) => ({ key, paths: [path] })),
    ...paths
      .filter((path) => !isFamily(path) && !ORDERED_BY_AGE.has(path))
      .map((path) => ({ key: firstPhaseKey(path, capsman), paths: [path] })),
  ]
  const byAge = paths.filter((path) => ORDERED_BY_AGE.has(path))
  const places = byAge.map((path) => firstPhaseKey(path, capsman)).sort(compareText)
  const age = (path: string): number => Math.min(...itemsOf(path).map(({ id }) => id))
  byAge.sort((a, b) => age(a) - age(b))
  for (const [at, path] of byAge.entries()) slots.push({ key: places[at] ?? '', paths: [path] })
  // A stable sort keeps the family in its own order.
  return slots.sort((a, b) => compareText(a.key, b.key))
}

/** Built-in items that this export does not write, by menu; interfaces are there from the start. */
function silentBuiltins(
  config: RouterConfig,
  printable: ReadonlyMap<string, readonly ConfigItem[]>,
): Map<string, ConfigItem[]> {
  const silent = new Map<string, ConfigItem[]>()
  for (const { path, items } of config.menus.values()) {
    if (isInterfaceMenu(path)) continue
    const written = new Set(printable.get(path))
    const left = items.filter((item) => item.handle !== undefined && !written.has(item))
    if (left.length > 0) silent.set(path, left)
  }
  return silent
}

/**
 * Puts items into sections in the order of an export: first the menus that others refer to, each item after those it
 * names, then the rest. A menu comes twice when some of its items have to wait for others, the second time among the rest
 * when they wait in vain.
 *
 * @param printable items that the export writes, by menu.
 */
export function orderSections(
  config: RouterConfig,
  version: VersionNumbers,
  printable: ReadonlyMap<string, readonly ConfigItem[]>,
  verbose: boolean,
): ExportSection[] {
  const silent = silentBuiltins(config, printable)
  const slots = firstPhaseSlots(config, version, printable, silent)
  const itemsOf = (path: string): ConfigItem[] => [
    ...(silent.get(path) ?? []),
    ...inPrintOrder(config, path, printable.get(path) ?? []),
  ]
  const pending = slots.flatMap(({ paths }) => paths.flatMap(itemsOf))
  const writer = new SectionWriter(config, pending, new Set([...silent.values()].flat()), verbose)
  for (const [index, { key, paths }] of slots.entries()) {
    for (const path of paths) writer.attempt(path, itemsOf(path))
    // Between kinds of interfaces only what belongs to single interfaces gets its turn.
    const isBetween = slots[index + 1]?.key === key && paths.some(isInterfaceMenu)
    writer.flush(isBetween ? (path) => NAMED_BY_INTERFACE.has(path) || isInterfaceMenu(path) : undefined)
  }
  const rest = writer.left()
  for (const [path, items] of printable) {
    if (!isWrittenFirst(config, path, version, printable)) rest.set(path, inPrintOrder(config, path, items))
  }
  const byPlace = [...rest].sort(([a], [b]) =>
    compareText(secondPhaseKey(a, version), secondPhaseKey(b, version)),
  )
  for (const [path, items] of byPlace) writer.write(path, items)
  return writer.sections
}
