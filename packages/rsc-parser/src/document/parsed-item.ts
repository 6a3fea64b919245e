import type { SourceRange } from '../text/source-range.js'
import type { AttachedComment, Item, ItemIdentity } from './item.js'
import { itemIdentity } from './item-identity.js'
import type { MenuPath } from './menu-path.js'
import type { PropertyValue } from './property-value.js'
import type { MenuSection } from './rsc-document.js'
import type { Selector } from './selector.js'

/** What an item is made of; the selector is given even when there is none. */
export interface ItemFields extends Omit<Item, 'identity' | 'selector'> {
  readonly selector: Selector | undefined
}

/** An item whose identity is worked out when first asked for. */
export class ParsedItem implements Item {
  readonly menu: MenuPath
  readonly verb: 'add' | 'set'
  readonly selector?: Selector
  readonly properties: ReadonlyMap<string, PropertyValue>
  readonly comments: readonly AttachedComment[]
  readonly index: number
  readonly range: SourceRange
  readonly verbRange: SourceRange
  readonly statement: number
  #section: MenuSection | undefined
  #major = 7
  #identity: ItemIdentity | undefined

  constructor(fields: ItemFields) {
    this.menu = fields.menu
    this.verb = fields.verb
    if (fields.selector !== undefined) this.selector = fields.selector
    this.properties = fields.properties
    this.comments = fields.comments
    this.index = fields.index
    this.range = fields.range
    this.verbRange = fields.verbRange
    this.statement = fields.statement
  }

  /** Tells the item what is known only at the end: its section, and the version that counts. */
  settle(section: MenuSection | undefined, major: number): void {
    this.#section = section
    this.#major = major
  }

  get identity(): ItemIdentity {
    const section = this.#section
    this.#identity ??= itemIdentity(this, section?.facts, section?.kind === 'singleton', this.#major)
    return this.#identity
  }
}
