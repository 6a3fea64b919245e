import type { MenuPath } from '../document/menu-path.js'
import { Candidate } from './candidate.js'
import type { MatchedPair } from './change.js'
import type { DeviceState, MenuState } from './device-state.js'
import type { RenameEvidence } from './match-items.js'
import { matchItems } from './match-items.js'
import type { NameIndex, Renames } from './references.js'
import { followRenames, forEachName, indexNames, nameKey, nameSpaceOf, shieldedBy } from './references.js'
import type { StateItem } from './state-item.js'

/** Partners in one menu. Built-in and singleton entries that one side does not state have no partner there. */
export interface MenuPairs {
  readonly path: MenuPath
  readonly pairs: readonly MatchedPair[]
  readonly removed: readonly StateItem[]
  readonly added: readonly StateItem[]
}

/** All partners of two states, and the renames that follow from them. */
export interface DocumentMatch {
  readonly menus: readonly MenuPairs[]
  /** Renames that the device follows in what refers to the item. */
  readonly renames: Renames
  /** Comparable values of an older item after the device has followed the renames. */
  valuesOf(item: StateItem): ReadonlyMap<string, string>
}

const noRenames: Renames = new Map()

/** Renames found in one round can make other items equal, which can be renames again; chains are short. */
const maxRounds = 4

/** Finds for each item of one state the same item in the other. `isHidden` leaves properties out of the comparison. */
export function matchDocuments(
  from: DeviceState,
  to: DeviceState,
  isHidden: (item: StateItem, property: string) => boolean,
): DocumentMatch {
  const paths = [...new Set([...to.menus.keys(), ...from.menus.keys()])]
  const evidence = new NameUse(from, to)
  let renames = noRenames
  for (let round = 1; ; round++) {
    const valuesOf = followedValues(renames, isHidden)
    const menus = paths.map((path) =>
      matchMenu(
        path,
        from.menus.get(path),
        to.menus.get(path),
        valuesOf,
        evidence,
        isHidden,
        renames.size > 0,
      ),
    )
    const found = round < maxRounds ? collectRenames(menus, evidence) : renames
    if (equalRenames(renames, found)) return { menus, renames, valuesOf }
    renames = found
  }
}

/** Pass this where no property is left out. */
export const nothingHidden = (_item: StateItem, _property: string): boolean => false

type ValuesOf = (item: StateItem) => ReadonlyMap<string, string>

function followedValues(
  renames: Renames,
  isHidden: (item: StateItem, property: string) => boolean,
): ValuesOf {
  if (renames.size === 0 && isHidden === nothingHidden) return (item) => item.values
  const cache = new Map<StateItem, ReadonlyMap<string, string>>()
  return (item) => {
    const known = cache.get(item)
    if (known !== undefined) return known
    let values: Map<string, string> | undefined
    for (const [name, value] of item.values) {
      if (isHidden(item, name)) {
        values ??= new Map(item.values)
        values.delete(name)
        continue
      }
      const followed = followRenames(item.facts, name, value, renames)
      if (followed === value) continue
      values ??= new Map(item.values)
      values.set(name, followed)
    }
    const result = values ?? item.values
    cache.set(item, result)
    return result
  }
}

function matchMenu(
  path: MenuPath,
  from: MenuState | undefined,
  to: MenuState | undefined,
  valuesOf: ValuesOf,
  evidence: RenameEvidence,
  isHidden: (item: StateItem, property: string) => boolean,
  hasRenames: boolean,
): MenuPairs {
  const visible = followedValues(noRenames, isHidden)
  const match = matchItems(
    to?.facts ?? from?.facts,
    (from?.items ?? []).map((item) => new Candidate(item, valuesOf)),
    (to?.items ?? []).map((item) => new Candidate(item, visible)),
    evidence,
    hasRenames,
  )
  const pairs: MatchedPair[] = [...match.pairs]
  const removed: StateItem[] = []
  const added: StateItem[] = []
  for (const { item } of match.onlyFrom) {
    if (item.origin === 'added') removed.push(item)
    else pairs.push({ from: item })
  }
  for (const { item } of match.onlyTo) {
    if (item.origin === 'added') added.push(item)
    else pairs.push({ to: item })
  }
  return { path, pairs, removed, added }
}

function collectRenames(menus: readonly MenuPairs[], use: NameUse): Renames {
  const renames = new Map<string, string>()
  for (const menu of menus) {
    const space = nameSpaceOf(menu.path)
    for (const { from, to } of menu.pairs) {
      const before = from === undefined ? factoryName(to) : from.name
      const after = to === undefined ? factoryName(from) : to.name
      if (before === undefined || after === undefined || before === after) continue
      if (!use.isFollowed(space, before, after)) continue
      renames.set(nameKey(space, before), after)
      const shield = shieldedBy(space, before)
      if (shield !== undefined && !renames.has(shield) && use.isNamedBefore(shield))
        renames.set(shield, before)
    }
  }
  return renames
}

/** The name of a built-in entry whose name was not changed. */
export function factoryName(item: StateItem | undefined): string | undefined {
  if (item?.origin !== 'builtin') return undefined
  const { selector } = item.item
  if (selector?.kind !== 'find') return undefined
  return selector.conditions.find((condition) => condition.name === 'default-name')?.value
}

function equalRenames(first: Renames, second: Renames): boolean {
  if (first.size !== second.size) return false
  for (const [key, value] of first) if (second.get(key) !== value) return false
  return true
}

/** How often names are used, by side; counted when first asked for. */
class NameUse implements RenameEvidence {
  readonly #from: DeviceState
  readonly #to: DeviceState
  #uses: { readonly from: ReadonlyMap<string, number>; readonly to: ReadonlyMap<string, number> } | undefined
  #namesFrom: NameIndex | undefined
  #namesTo: NameIndex | undefined

  constructor(from: DeviceState, to: DeviceState) {
    this.#from = from
    this.#to = to
  }

  supports(from: Candidate, to: Candidate): boolean | undefined {
    const before = from.values.get('name')
    const after = to.values.get('name')
    if (before === undefined || after === undefined) return undefined
    const space = nameSpaceOf(from.item.menu)
    const uses = this.#counts()
    const usesBefore = uses.from.get(nameKey(space, before)) ?? 0
    const usesAfter = uses.to.get(nameKey(space, after)) ?? 0
    if (usesBefore === 0 && usesAfter === 0) return undefined
    const stillBefore = uses.to.get(nameKey(space, before)) ?? 0
    return usesBefore > 0 && usesAfter > 0 && stillBefore === 0
  }

  /** Whether the older side has an item of this name. */
  isNamedBefore(key: string): boolean {
    this.#namesFrom ??= indexNames(this.#from)
    return this.#namesFrom.has(key)
  }

  /**
   * The device always follows a rename. A target that goes on using the old name, which nothing has there, cannot
   * come about; comparing it by the names as written shows one change instead of one for each use.
   */
  isFollowed(space: string, before: string, after: string): boolean {
    const uses = this.#counts()
    const stillBefore = uses.to.get(nameKey(space, before)) ?? 0
    if (stillBefore === 0) return true
    this.#namesTo ??= indexNames(this.#to)
    if (this.#namesTo.has(nameKey(space, before))) return true
    return (uses.to.get(nameKey(space, after)) ?? 0) > 0
  }

  #counts() {
    this.#uses ??= { from: countUses(this.#from), to: countUses(this.#to) }
    return this.#uses
  }
}

function countUses(state: DeviceState): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const menu of state.menus.values()) {
    if (menu.facts === undefined) continue
    for (const property of Object.keys(menu.facts.refs)) {
      for (const item of menu.items) {
        const value = item.properties.get(property)?.value
        if (value === undefined) continue
        forEachName(menu.facts, property, value, (space, name) => {
          const key = nameKey(space, name)
          counts.set(key, (counts.get(key) ?? 0) + 1)
        })
      }
    }
  }
  return counts
}
