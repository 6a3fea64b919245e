import type { MenuFacts } from '../facts/menu-facts.js'
import type { Problem } from '../syntax/problem.js'
import type { Tree } from '../syntax/tree.js'
import type { SourceRange } from '../text/source-range.js'
import type { ExportHeader } from './export-header.js'
import type { Item } from './item.js'
import type { MenuPath } from './menu-path.js'

/** All items of one menu, wherever its sections stand in the source. */
export interface MenuSection {
  readonly path: MenuPath
  readonly kind: 'singleton' | 'list'
  /** The facts for this menu and version; absent when the menu table does not know it. */
  readonly facts: MenuFacts | undefined
  readonly items: readonly Item[]
  /** The places that opened the menu; several when the export writes it more than once. */
  readonly headings: readonly SourceRange[]
}

/** A menu that the device could not export: `#error exporting /interface bridge calea`. */
export interface IncompleteMenu {
  readonly path: MenuPath
  readonly reason?: string
  readonly range: SourceRange
}

/**
 * A statement that is not pure configuration, so that the items alone do not say what a device would have
 * after running the source: `remove`, `move`, `:if`, a loop, an unknown verb. An `add` with `place-before` is here
 * and among the items.
 */
export interface OtherStatement {
  /** Menu in force, or the path the statement names. */
  readonly menu: MenuPath
  /** `remove`, `:if`, ... ; empty for a block, a call of a variable and the like. */
  readonly verb: string
  readonly range: SourceRange
  readonly statement: number
}

/** A document: what a source configures, in menus and items, with ranges back into the source. */
export interface RscDocument {
  readonly source: Tree
  readonly header: ExportHeader
  /** In the order in which the menus first occur. */
  readonly menus: readonly MenuSection[]
  /** All items in the order of the source. */
  readonly items: readonly Item[]
  readonly otherStatements: readonly OtherStatement[]
  readonly incompleteMenus: readonly IncompleteMenu[]
  /** True when the source ends in `#interrupted`. */
  readonly interrupted: boolean
  /** Problems of syntax and of the model, by place. */
  readonly problems: readonly Problem[]
  /** The section of a canonical path, if the source has it. */
  menu(path: MenuPath): MenuSection | undefined
}
