import type { DetailedDiff } from '../diff/diff-documents.js'
import { factoryName } from '../diff/match-documents.js'
import type { NameIndex } from '../diff/references.js'
import { forEachName, indexNames, nameKey, nameSpaceOf, referenceTargets } from '../diff/references.js'
import type { StateItem } from '../diff/state-item.js'
import type { PropertyValue } from '../document/property-value.js'

/** Which names there are before and after a plan, and which of them something refers to. Keys are those of `nameKey`. */
export class PlanNames {
  readonly from: NameIndex
  readonly to: NameIndex
  /** Names that something refers to on either side. */
  readonly used: ReadonlySet<string>
  /** Names that the plan takes away and nobody takes over. */
  readonly gone: ReadonlySet<string>

  constructor(diff: DetailedDiff) {
    this.from = indexNames(diff.fromState)
    this.to = indexNames(diff.toState)
    this.used = usedNames(diff)
    this.gone = goneNames(diff, this.to)
  }

  /** Whether a value refers to what is gone: an internal id, or a name the plan itself takes away. */
  isDangling(item: StateItem, property: PropertyValue): boolean {
    if (property.state !== 'set' || referenceTargets(item.facts, property.name).length === 0) return false
    if (isInternalId(property.value)) return true
    if (this.gone.size === 0) return false
    const missing = new Set<string>()
    const found = new Set<string>()
    forEachName(item.facts, property.name, property.value, (space, name) => {
      const key = nameKey(space, name)
      if (this.to.has(key)) found.add(name)
      else if (this.gone.has(key)) missing.add(name)
    })
    if (found.has(property.value)) return false
    return [...missing].some((name) => !found.has(name))
  }
}

/** What an export writes where the thing referred to is gone: `*7`. */
export function isInternalId(value: string): boolean {
  return /^\*[0-9A-Fa-f]+$/.test(value)
}

function goneNames(diff: DetailedDiff, namesTo: NameIndex): ReadonlySet<string> {
  const gone = new Set<string>()
  for (const menu of diff.match.menus) {
    const space = nameSpaceOf(menu.path)
    for (const { name } of menu.removed) if (name !== undefined) gone.add(nameKey(space, name))
    for (const { from, to } of menu.pairs) {
      const before = from?.name ?? factoryName(to)
      const after = to?.name ?? factoryName(from) ?? before
      if (before !== undefined && before !== after) gone.add(nameKey(space, before))
    }
  }
  for (const key of namesTo.keys()) gone.delete(key)
  return gone
}

function usedNames(diff: DetailedDiff): ReadonlySet<string> {
  const used = new Set<string>()
  for (const state of [diff.fromState, diff.toState]) {
    for (const menu of state.menus.values()) {
      for (const property of Object.keys(menu.facts?.refs ?? {})) {
        for (const item of menu.items) {
          const value = item.properties.get(property)?.value
          if (value === undefined) continue
          forEachName(menu.facts, property, value, (space, name) => used.add(nameKey(space, name)))
        }
      }
    }
  }
  return used
}
