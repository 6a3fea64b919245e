import { diffDocuments } from '../diff/diff-documents.js'
import { buildDocument } from '../document/build-document.js'
import type { MenuPath } from '../document/menu-path.js'
import type { RscDocument } from '../document/rsc-document.js'
import { parse } from '../syntax/parser.js'
import { type Risk, type RiskContext, riskOfChange, worseRisk } from './change-risk.js'
import { impactWarnings } from './impact-warnings.js'

/** What changes in one menu. */
export interface ImpactCategory {
  readonly path: MenuPath
  /** Items that come, and items that get another form or place. */
  readonly adds: number
  /** Items that go, and items that get another form or place. */
  readonly removes: number
  /** The worst risk of the menu's changes. */
  readonly risk: Risk
}

/** What going from one configuration to another means, in the shape that clients of the HTTP interface know. */
export interface Impact {
  /** Items; one that only moves counts as modified. */
  readonly diff: { readonly added: number; readonly removed: number; readonly modified: number }
  /** In the order of the target's menus; only menus with changes. */
  readonly categories: readonly ImpactCategory[]
  /** Sentences that name the item and its line; empty when nothing changes. */
  readonly warnings: readonly string[]
}

/**
 * Compares two exports and says what the change does.
 * Takes texts or documents. Never throws on what they hold.
 */
export function computeImpact(current: string | RscDocument, target: string | RscDocument): Impact {
  const from = documentOf(current)
  const to = documentOf(target)
  const { changes } = diffDocuments(from, to)
  const context = riskContext(from, to)
  const diff = { added: 0, removed: 0, modified: 0 }
  const categories = new Map<MenuPath, { adds: number; removes: number; risk: Risk }>()
  for (const change of changes) {
    const category = categories.get(change.menu) ?? { adds: 0, removes: 0, risk: 'none' as Risk }
    categories.set(change.menu, category)
    if (change.kind === 'added') diff.added++
    else if (change.kind === 'removed') diff.removed++
    else diff.modified++
    if (change.kind !== 'removed') category.adds++
    if (change.kind !== 'added') category.removes++
    category.risk = worseRisk(category.risk, riskOfChange(change, context))
  }
  return {
    diff,
    categories: [...categories].map(([path, category]) => ({ path, ...category })),
    warnings: changes.length === 0 ? [] : impactWarnings(from, to, changes, context),
  }
}

function documentOf(given: string | RscDocument): RscDocument {
  return typeof given === 'string' ? buildDocument(parse(given)) : given
}

function riskContext(from: RscDocument, to: RscDocument): RiskContext {
  const lists = new Set<string>()
  for (const document of [from, to]) {
    for (const menu of [
      '/ip firewall filter',
      '/ip firewall raw',
      '/ipv6 firewall filter',
      '/ipv6 firewall raw',
    ]) {
      for (const item of document.menu(menu)?.items ?? []) {
        if (item.properties.get('chain')?.value === 'forward') continue
        for (const property of ['src-address-list', 'dst-address-list']) {
          const value = item.properties.get(property)?.value ?? ''
          if (value !== '') lists.add(value.replace(/^!/, ''))
        }
      }
    }
  }
  return { guardsInput: (list) => lists.has(list) }
}
