import type { Item } from '../document/item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { MenuSection, RscDocument } from '../document/rsc-document.js'
import type { Selector } from '../document/selector.js'
import type { MenuFacts } from '../facts/menu-facts.js'
import { comparableValues } from './comparable-values.js'
import type { StateItem } from './state-item.js'

/** The items a device has in one menu once the document has been carried out. */
export interface MenuState {
  readonly path: MenuPath
  readonly facts: MenuFacts | undefined
  readonly items: readonly StateItem[]
}

/** What a document leaves on the device, menu by menu. */
export interface DeviceState {
  readonly document: RscDocument
  readonly menus: ReadonlyMap<MenuPath, MenuState>
}

interface Draft {
  origin: StateItem['origin']
  item: Item
  properties: ReadonlyMap<string, PropertyValue>
  isMerged: boolean
  handle: string
}

/** Reads the state out of a document: repeated `set` of one entry are merged, the last value wins. */
export function deviceState(document: RscDocument): DeviceState {
  const menus = new Map<MenuPath, MenuState>()
  for (const section of document.menus) {
    if (section.items.length > 0) menus.set(section.path, menuState(document, section))
  }
  return { document, menus }
}

function menuState(document: RscDocument, section: MenuSection): MenuState {
  const drafts: Draft[] = []
  const byHandle = new Map<string, Draft>()
  const byName = new Map<string, Draft>()
  const isSingleton = section.kind === 'singleton' && section.items.every((item) => item.verb === 'set')

  for (const item of section.items) {
    if (item.verb === 'add') {
      const draft: Draft = { origin: 'added', item, properties: item.properties, isMerged: false, handle: '' }
      drafts.push(draft)
      const name = item.properties.get('name')
      if (name?.state === 'set') byName.set(name.value, draft)
      continue
    }
    const named = isSingleton ? undefined : byName.get(selectedName(item.selector) ?? '')
    if (named !== undefined) {
      merge(named, item)
      continue
    }
    const handle = isSingleton || item.selector === undefined ? 'the one' : handleOf(item.selector)
    const known = byHandle.get(handle)
    if (known !== undefined && !isAnother(known, item)) {
      merge(known, item)
      continue
    }
    const draft: Draft = {
      origin: isSingleton || item.selector === undefined ? 'singleton' : 'builtin',
      item,
      properties: item.properties,
      isMerged: false,
      handle: known === undefined ? handle : `${handle} #${drafts.length}`,
    }
    drafts.push(draft)
    byHandle.set(handle, draft)
  }
  const items = drafts.map((draft, index) => new MadeStateItem(document, section, draft, index))
  return { path: section.path, facts: section.facts, items }
}

function merge(draft: Draft, item: Item): void {
  draft.properties = new Map([...draft.properties, ...item.properties])
  draft.isMerged = true
  draft.item = item
}

/** Cloned virtual routers have two entries with one `default-name`: they differ in what is theirs alone. */
function isAnother(draft: Draft, item: Item): boolean {
  if (item.selector?.kind !== 'find') return false
  return ['name', 'mac-address'].some((property) => {
    const first = draft.properties.get(property)?.value
    const second = item.properties.get(property)?.value
    return first !== undefined && second !== undefined && first !== second
  })
}

/** Comparable text of a selector: `set telnet` and `set [ find name=telnet ]` are the same entry. */
function handleOf(selector: Selector): string {
  switch (selector.kind) {
    case 'name':
      return `name=${selector.name}`
    case 'numbers':
      return `number ${selector.numbers.join(',')}`
    case 'id':
      return `id ${selector.id}`
    case 'find':
      return selector.conditions.map((each) => `${each.name}=${each.value}`).join('\n')
    case 'other':
      return `other ${selector.text}`
  }
}

/** The name a selector asks for, if it asks for a name only. */
function selectedName(selector: Selector | undefined): string | undefined {
  if (selector?.kind === 'name') return selector.name
  if (selector?.kind !== 'find' || selector.conditions.length !== 1) return undefined
  const [condition] = selector.conditions
  return condition?.name === 'name' ? condition.value : undefined
}

/** A state item whose comparable values are worked out when first asked for: most items are equal as they stand. */
class MadeStateItem implements StateItem {
  readonly menu: MenuPath
  readonly facts: MenuFacts | undefined
  readonly origin: StateItem['origin']
  readonly item: Item
  readonly properties: ReadonlyMap<string, PropertyValue>
  readonly index: number
  readonly handle: string
  readonly name: string | undefined
  readonly #document: RscDocument
  readonly #isMerged: boolean
  #values: ReadonlyMap<string, string> | undefined

  constructor(document: RscDocument, section: MenuSection, draft: Draft, index: number) {
    this.menu = section.path
    this.facts = section.facts
    this.origin = draft.origin
    this.item = draft.item
    this.properties = draft.properties
    this.index = index
    this.handle = draft.handle
    this.name = hasNames(section.facts) ? nameOf(draft) : undefined
    this.#document = document
    this.#isMerged = draft.isMerged
  }

  get values(): ReadonlyMap<string, string> {
    this.#values ??= comparableValues(
      this.menu,
      this.properties,
      this.item.selector,
      this.#document.header.major,
    )
    return this.#values
  }

  get sourceText(): string | undefined {
    const { range, verbRange } = this.item
    if (this.#isMerged || range.end <= range.start) return undefined
    return this.#document.source.source.slice(verbRange.start, range.end)
  }
}

/** Only where the name is what tells items apart; `/ip dns static` may have one name many times. */
function hasNames(facts: MenuFacts | undefined): boolean {
  const best = facts?.keys[0]
  return best === undefined || (best.length === 1 && (best[0] === 'name' || best[0] === 'default-name'))
}

function nameOf(draft: Draft): string | undefined {
  const stated = draft.properties.get('name')
  if (stated?.state === 'set') return stated.value
  if (draft.origin !== 'builtin') return undefined
  const { selector } = draft.item
  if (selector?.kind === 'find' && selector.conditions.length === 1) {
    const [condition] = selector.conditions
    return condition?.name === 'default-name' || condition?.name === 'name' ? condition.value : undefined
  }
  return selectedName(selector)
}
