import { deviceState } from '../diff/device-state.js'
import type { Renames } from '../diff/references.js'
import { followRenames, nameKey, nameSpaceOf, shieldedBy } from '../diff/references.js'
import type { Item } from '../document/item.js'
import { itemIdentity } from '../document/item-identity.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { MenuSection, RscDocument } from '../document/rsc-document.js'
import type { Selector } from '../document/selector.js'
import { menuFacts } from '../facts/menu-table.js'
import type { Effect, ItemRef, PlanStatement } from './restore-plan.js'

interface Entry {
  readonly ref: ItemRef
  readonly item: Item
}

/** A router on its way through a plan. Values of this type never change; a step makes a new one. */
export interface PlanState {
  /** What the router has now. Items that statements made or changed keep no place in the source (empty ranges). */
  readonly document: RscDocument
  readonly entries: ReadonlyMap<MenuPath, readonly Entry[]>
}

/** The state a plan starts from. `current` must be the document, or an equal one, that the plan was made from. */
export function startPlan(current: RscDocument): PlanState {
  const entries = new Map<MenuPath, readonly Entry[]>()
  for (const menu of deviceState(current).menus.values()) {
    entries.set(
      menu.path,
      menu.items.map((state) => ({
        ref: `c${state.index}`,
        item:
          state.properties.size === state.item.properties.size
            ? state.item
            : madeItem(state.item, state.properties, current.header.major),
      })),
    )
  }
  return stateOf(current, entries)
}

/**
 * The state after one statement, as the device would have it: a rename is followed in everything that refers to the
 * item. Pure; the cost is that of the menu touched, for a rename that of the document.
 */
export function applyStatement(state: PlanState, statement: Pick<PlanStatement, 'effect'>): PlanState {
  return applyEffect(state, statement.effect)
}

/** The state after one effect; see `applyStatement`. Unknown items are left alone. */
export function applyEffect(state: PlanState, effect: Effect): PlanState {
  const entries = new Map(state.entries)
  const menu = [...(entries.get(effect.menu) ?? [])]
  const at = menu.findIndex((entry) => entry.ref === effect.item)
  const { major } = state.document.header
  let renames: Renames = noRenames
  if (effect.kind === 'add') {
    const item = addedItem(effect.menu, effect.properties, major)
    insert(menu, { ref: effect.item, item }, effect.before)
  } else if (effect.kind === 'remove') {
    if (at >= 0) menu.splice(at, 1)
  } else if (effect.kind === 'move') {
    const [entry] = at < 0 ? [] : menu.splice(at, 1)
    if (entry !== undefined) insert(menu, entry, effect.before)
  } else {
    const known = menu[at]
    const before = known?.item ?? statedItem(effect.menu, effect.selector, major)
    const properties = new Map(before.properties)
    for (const name of effect.reset) properties.delete(name)
    for (const property of effect.properties) properties.set(property.name, property)
    const item = madeItem(before, properties, major)
    if (known === undefined) menu.push({ ref: effect.item, item })
    else menu[at] = { ref: effect.item, item }
    renames = renamesOf(before, item, entries)
  }
  entries.set(effect.menu, menu)
  if (renames.size > 0) follow(entries, renames, major)
  return stateOf(state.document, entries)
}

const noRenames: Renames = new Map()

function insert(menu: Entry[], entry: Entry, before: ItemRef | undefined): void {
  const at = before === undefined ? -1 : menu.findIndex((each) => each.ref === before)
  if (at < 0) menu.push(entry)
  else menu.splice(at, 0, entry)
}

function renamesOf(before: Item, after: Item, entries: ReadonlyMap<MenuPath, readonly Entry[]>): Renames {
  const was = nameOf(before)
  const is = nameOf(after)
  if (was === undefined || is === undefined || was === is) return noRenames
  const space = nameSpaceOf(before.menu)
  const renames = new Map([[nameKey(space, was), is]])
  const shield = shieldedBy(space, was)
  if (shield !== undefined && isNamed(entries, shield)) renames.set(shield, was)
  return renames
}

function isNamed(entries: ReadonlyMap<MenuPath, readonly Entry[]>, key: string): boolean {
  for (const [path, menu] of entries) {
    const space = nameSpaceOf(path)
    if (!key.startsWith(`${space}\n`)) continue
    if (menu.some(({ item }) => nameKey(space, nameOf(item) ?? '') === key)) return true
  }
  return false
}

function nameOf(item: Item): string | undefined {
  const stated = item.properties.get('name')
  if (stated?.state === 'set') return stated.value
  if (item.selector?.kind !== 'find') return undefined
  return item.selector.conditions.find((condition) => condition.name === 'default-name')?.value
}

function follow(entries: Map<MenuPath, readonly Entry[]>, renames: Renames, major: number): void {
  for (const [path, menu] of entries) {
    const facts = menuFacts(path, major)
    const names = Object.keys(facts?.refs ?? {})
    if (names.length === 0) continue
    let changed: Entry[] | undefined
    menu.forEach((entry, at) => {
      let properties: Map<string, PropertyValue> | undefined
      for (const name of names) {
        const property = entry.item.properties.get(name)
        if (property?.state !== 'set') continue
        const value = followRenames(facts, name, property.value, renames)
        if (value === property.value) continue
        properties ??= new Map(entry.item.properties)
        properties.set(name, { ...property, value })
      }
      if (properties === undefined) return
      changed ??= [...menu]
      changed[at] = { ref: entry.ref, item: madeItem(entry.item, properties, major) }
    })
    if (changed !== undefined) entries.set(path, changed)
  }
}

const nowhere = { start: 0, end: 0 }

function addedItem(menu: MenuPath, properties: readonly PropertyValue[], major: number): Item {
  const values = new Map(properties.map((property) => [property.name, property]))
  return withIdentity({ menu, verb: 'add', properties: values }, major)
}

function statedItem(menu: MenuPath, selector: Selector | undefined, major: number): Item {
  return withIdentity(
    { menu, verb: 'set', properties: new Map(), ...(selector === undefined ? {} : { selector }) },
    major,
  )
}

/** The item with other properties. */
function madeItem(item: Item, properties: ReadonlyMap<string, PropertyValue>, major: number): Item {
  const { menu, verb, selector } = item
  return withIdentity({ menu, verb, properties, ...(selector === undefined ? {} : { selector }) }, major)
}

function withIdentity(item: Pick<Item, 'menu' | 'verb' | 'selector' | 'properties'>, major: number): Item {
  const facts = menuFacts(item.menu, major)
  return {
    ...item,
    get identity() {
      return itemIdentity(item, facts, facts?.kind === 'singleton', major)
    },
    comments: [],
    index: 0,
    range: nowhere,
    verbRange: nowhere,
    statement: -1,
  }
}

function stateOf(origin: RscDocument, entries: ReadonlyMap<MenuPath, readonly Entry[]>): PlanState {
  const { major } = origin.header
  let document: RscDocument | undefined
  return {
    entries,
    get document() {
      document ??= documentOf(origin, entries, major)
      return document
    },
  }
}

function documentOf(
  origin: RscDocument,
  entries: ReadonlyMap<MenuPath, readonly Entry[]>,
  major: number,
): RscDocument {
  const sections: MenuSection[] = []
  const byPath = new Map<MenuPath, MenuSection>()
  for (const [path, menu] of entries) {
    const known = origin.menu(path)
    const facts = known?.facts ?? menuFacts(path, major)
    const section: MenuSection = {
      path,
      kind:
        known?.kind ??
        facts?.kind ??
        (menu.some((entry) => entry.item.verb === 'add') ? 'list' : 'singleton'),
      facts,
      items: menu.map((entry) => entry.item),
      headings: known?.headings ?? [],
    }
    sections.push(section)
    byPath.set(path, section)
  }
  const { source, header, otherStatements, incompleteMenus, interrupted, problems } = origin
  return {
    source,
    header,
    otherStatements,
    incompleteMenus,
    interrupted,
    problems,
    menus: sections,
    get items() {
      return sections.flatMap((section) => section.items)
    },
    menu: (path) => byPath.get(path),
  }
}
