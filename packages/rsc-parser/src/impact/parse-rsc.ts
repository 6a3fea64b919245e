import { buildDocument } from '../document/build-document.js'
import type { MenuPath } from '../document/menu-path.js'
import { parse } from '../syntax/parser.js'

/** Commands of one menu, as the older interface of this kind showed them. */
export interface RscCategory {
  readonly path: MenuPath
  readonly adds: number
  readonly sets: number
  readonly removes: number
  /** The commands as written, continuation lines included. */
  readonly commands: readonly string[]
}

/** Counts commands by menu. For compatibility only: use `parse` and `buildDocument`. */
export function parseRsc(text: string): { readonly categories: readonly RscCategory[] } {
  const document = buildDocument(parse(text))
  const categories = new Map<MenuPath, { adds: number; sets: number; removes: number; commands: string[] }>()
  const of = (path: MenuPath) => {
    const known = categories.get(path) ?? { adds: 0, sets: 0, removes: 0, commands: [] }
    categories.set(path, known)
    return known
  }
  for (const item of document.items) {
    const category = of(item.menu)
    if (item.verb === 'add') category.adds++
    else category.sets++
    category.commands.push(document.source.text(item.range))
  }
  for (const other of document.otherStatements) {
    const category = of(other.menu)
    if (other.verb === 'remove') category.removes++
    category.commands.push(document.source.text(other.range))
  }
  return { categories: [...categories].map(([path, category]) => ({ path, ...category })) }
}
