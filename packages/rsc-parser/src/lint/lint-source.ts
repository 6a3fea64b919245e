import type { MenuPath } from '../document/menu-path.js'
import type { RscDocument } from '../document/rsc-document.js'
import { type DeviceView, isEnabled, type ViewItem, viewDocument } from '../impact/device-view.js'
import { InterfaceTable } from '../impact/interface-table.js'
import type { SourceRange } from '../text/source-range.js'

/** A release of RouterOS, for rules that depend on it. */
export interface RosVersion {
  readonly major: number
  readonly minor: number
}

/** What rules look at: a document with lookups that several of them need. */
export class LintSource {
  readonly document: RscDocument
  readonly view: DeviceView
  /** The version to judge by: the one asked for, else the one of the header. */
  readonly ros: RosVersion
  #interfaces: InterfaceTable | undefined

  constructor(document: RscDocument, ros: RosVersion) {
    this.document = document
    this.view = viewDocument(document)
    this.ros = ros
  }

  /** All interfaces of the document. */
  get interfaces(): InterfaceTable {
    this.#interfaces ??= new InterfaceTable(this.view)
    return this.#interfaces
  }

  /** All items of a menu. */
  items(menu: MenuPath): readonly ViewItem[] {
    return this.view.items(menu)
  }

  /** The items of a menu that are not disabled. */
  enabled(menu: MenuPath): readonly ViewItem[] {
    return this.items(menu).filter(isEnabled)
  }

  /** Whether an item is certainly still there when a later one is added: no `remove`, loop or the like is between. */
  isKeptUntil(first: ViewItem, second: ViewItem): boolean {
    const [from, to] = [this.rangeOf(first).end, this.rangeOf(second).start]
    return !this.document.otherStatements.some(
      ({ menu, verb, range }) =>
        from <= range.start &&
        range.end <= to &&
        verb !== 'add' &&
        (menu === second.menu || /^(:|$)/.test(verb)),
    )
  }

  /** Whether rules of a menu are in force in the order of the source: nothing moves them. */
  isInOrder(menu: MenuPath): boolean {
    return !this.document.otherStatements.some((each) => each.menu === menu && each.verb === 'move')
  }

  /** First line of the source: for findings about what is not stated anywhere. */
  get headRange(): SourceRange {
    const { source } = this.document.source
    const end = source.search(/[\r\n]|$/)
    return { start: 0, end }
  }

  /** Where an item stands. */
  rangeOf(item: ViewItem): SourceRange {
    return item.state.item.range
  }

  /** Where a property of an item stands, with its name; the verb of the item when it does not state it. */
  propertyRange(item: ViewItem, name: string): SourceRange {
    const property = item.state.item.properties.get(name)
    if (property === undefined) return item.state.item.verbRange
    return { start: property.nameRange.start, end: Math.max(property.nameRange.end, property.valueRange.end) }
  }
}
