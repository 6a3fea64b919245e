import type { MenuFacts } from '../facts/menu-facts.js'
import { longestIncreasing } from './longest-increasing.js'
import type { MenuPairs } from './match-documents.js'
import type { StateItem } from './state-item.js'

/**
 * Whether the order of a menu's items means something. Where it rarely does (`weak`) it is not compared: an item that was
 * removed and came back would count as moved for ever.
 */
export function hasOrder(facts: MenuFacts | undefined): boolean {
  return facts?.ordered === true && facts.orderEffect !== 'weak'
}

/** The order scope of an item as text: `chain=input`; empty when the whole menu is one order. */
function scopeOf(item: StateItem): string {
  return (item.facts?.orderScope ?? []).map((name) => `${name}=${item.values.get(name) ?? ''}`).join(' ')
}

/** For each scope of an ordered menu: the newer side's items in order, with those that can stay where they are. */
export interface OrderedScope {
  readonly scope: string
  readonly items: readonly { readonly from?: StateItem; readonly to: StateItem; readonly isKept: boolean }[]
}

/** The scopes of an ordered menu; a longest possible run of matched items is kept in place. */
export function orderedScopes(menu: MenuPairs): readonly OrderedScope[] {
  const facts = menu.pairs[0]?.to?.facts ?? menu.added[0]?.facts ?? menu.pairs[0]?.from?.facts
  if (!hasOrder(facts)) return []
  const scopes = new Map<string, { from?: StateItem; to: StateItem }[]>()
  const put = (entry: { from?: StateItem; to: StateItem }) => {
    const scope = scopeOf(entry.to)
    const known = scopes.get(scope)
    if (known === undefined) scopes.set(scope, [entry])
    else known.push(entry)
  }
  for (const { from, to } of menu.pairs) {
    if (from !== undefined && to !== undefined) put({ from, to })
  }
  for (const to of menu.added) put({ to })
  return [...scopes].map(([scope, entries]) => {
    entries.sort((one, other) => one.to.index - other.to.index)
    const matched = entries.filter((entry) => entry.from !== undefined)
    const kept = new Set(
      longestIncreasing(matched.map((entry) => entry.from?.index ?? 0)).map((at) => matched[at]),
    )
    return { scope, items: entries.map((entry) => ({ ...entry, isKept: kept.has(entry) })) }
  })
}
