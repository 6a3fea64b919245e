import type { Change, PropertyChange } from '../diff/change.js'
import type { DetailedDiff } from '../diff/diff-documents.js'
import type { MenuPairs } from '../diff/match-documents.js'
import { factoryName } from '../diff/match-documents.js'
import type { NameIndex } from '../diff/references.js'
import { forEachName, indexNames, nameKey, nameSpaceOf, referenceTargets } from '../diff/references.js'
import type { StateItem } from '../diff/state-item.js'
import { labelOf } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { cumulativePolicy } from './cumulative-policy.js'
import { hazardOf, stageOf } from './hazard.js'
import type { Operation } from './operation.js'
import { currentRef, targetRef } from './operation.js'
import { resetValue } from './reset-value.js'
import type { AssumedDefault, Unsupported, UnsupportedCode } from './restore-plan.js'

/** The steps a diff asks for, and the menus' partners with recreated items taken apart. */
export interface CollectedOperations {
  readonly operations: Operation[]
  /** Partners as the plan keeps them: an item that must be made anew is one removed and one added. */
  readonly menus: readonly MenuPairs[]
  readonly unsupported: Unsupported[]
  readonly assumedDefaults: AssumedDefault[]
  /** Names that something refers to on either side, by `nameKey`. */
  readonly usedNames: ReadonlySet<string>
}

/** Turns changes into operations, as yet without order. */
export function collectOperations(diff: DetailedDiff): CollectedOperations {
  return new Collector(diff).collect()
}

class Collector {
  readonly #diff: DetailedDiff
  readonly #operations: Operation[] = []
  readonly #unsupported: Unsupported[] = []
  readonly #assumed = new Map<string, AssumedDefault>()
  readonly #namesFrom
  readonly #namesTo
  readonly #uses
  readonly #menuRank = new Map<MenuPath, number>()
  readonly #skipped: readonly MenuPath[]
  /** Names that the plan takes away and nobody takes over, by `nameKey`. */
  readonly #gone: ReadonlySet<string>
  readonly #refused = new Set<string>()
  readonly #otherForms = new Map<MenuPath, boolean>()

  constructor(diff: DetailedDiff) {
    this.#diff = diff
    this.#namesFrom = indexNames(diff.fromState)
    this.#namesTo = indexNames(diff.toState)
    this.#uses = usedNames(diff)
    let rank = 0
    for (const path of diff.toState.menus.keys()) this.#menuRank.set(path, ++rank)
    for (const path of diff.fromState.menus.keys())
      if (!this.#menuRank.has(path)) this.#menuRank.set(path, ++rank)
    this.#skipped = [
      ...diff.fromState.document.incompleteMenus,
      ...diff.toState.document.incompleteMenus,
    ].map((menu) => menu.path)
    this.#gone = goneNames(diff, this.#namesTo)
  }

  collect(): CollectedOperations {
    const recreated = new Set<StateItem>()
    this.#diff.changes.forEach((change, at) => {
      if (this.#skipped.some((path) => change.menu === path || change.menu.startsWith(`${path} `))) {
        this.#refuse(
          'incomplete-menu',
          change,
          at,
          'The device could not export this menu, so nothing in it is touched.',
        )
        return
      }
      if (this.#hasOtherForm(change.menu)) {
        this.#refuse(
          'other-form',
          change,
          at,
          'This menu is a list on one side and a single item on the other.',
        )
        return
      }
      if (change.kind === 'added') this.#add(change.to, [at], change)
      else if (change.kind === 'removed') this.#remove(change.from, [at], change)
      else if (change.kind === 'modified' && this.#modify(change, at)) recreated.add(change.from as StateItem)
    })
    this.#diff.changes.forEach((change, at) => {
      if (change.kind === 'moved' && !recreated.has(change.from)) this.#move(change.from, change.to, at)
    })
    this.#pointAgain()
    return {
      operations: this.#operations,
      menus:
        recreated.size === 0
          ? this.#diff.match.menus
          : this.#diff.match.menus.map((menu) => takeApart(menu, recreated)),
      unsupported: this.#unsupported,
      assumedDefaults: [...this.#assumed.values()],
      usedNames: this.#uses,
    }
  }

  #add(to: StateItem, changes: readonly number[], change: Change): boolean {
    const at = changes[0] as number
    if (to.facts?.builtin === 'fixed') {
      this.#refuse(
        'fixed-entry',
        change,
        at,
        'The device has a fixed set of entries here; none can be added.',
      )
      return false
    }
    const properties = [...to.properties.values()].filter(
      (property) => property.state !== 'unset' || to.facts?.unset.includes(property.name),
    )
    for (const property of properties) {
      if (!property.constant) {
        this.#refuse(
          'not-constant',
          change,
          at,
          'The value is computed by a script, so what the device would get is not known.',
          property.name,
        )
        return false
      }
      if (this.#isDangling(to, property)) {
        this.#refuse(
          'dangling-reference',
          change,
          at,
          'The value refers to something the target does not have.',
          property.name,
        )
        return false
      }
    }
    this.#warnOfHiddenSecrets(to, change, at)
    const hazard = hazardOf(to.menu, to.facts, to.properties.keys())
    this.#operations.push({
      kind: 'add',
      menu: to.menu,
      item: targetRef(to),
      changes,
      to,
      properties: properties.map((property) => cumulativePolicy(to.menu, property, undefined)),
      reset: [],
      ...(hazard === undefined ? {} : { hazard }),
      rank: [
        stageOf('add', to.menu, hazard, isRestrictive(to.menu, properties)),
        this.#rankOf(to.menu),
        to.index,
      ],
    })
    return true
  }

  #remove(from: StateItem, changes: readonly number[], change: Change): void {
    if (from.facts?.builtin === 'fixed') {
      this.#refuse(
        'fixed-entry',
        change,
        changes[0] as number,
        'The device has a fixed set of entries here; none can be removed.',
      )
      return
    }
    const hazard = hazardOf(from.menu, from.facts, [])
    this.#operations.push({
      kind: 'remove',
      menu: from.menu,
      item: currentRef(from),
      changes,
      from,
      properties: [],
      reset: [],
      ...(hazard === undefined ? {} : { hazard }),
      rank: [stageOf('remove', from.menu, hazard, false), -this.#rankOf(from.menu), -from.index],
    })
  }

  #move(from: StateItem, to: StateItem, at: number): void {
    const hazard = hazardOf(to.menu, to.facts, [])
    this.#operations.push({
      kind: 'move',
      menu: to.menu,
      item: currentRef(from),
      changes: [at],
      from,
      to,
      properties: [],
      reset: [],
      ...(hazard === undefined ? {} : { hazard }),
      rank: [stageOf('move', to.menu, hazard, false), this.#rankOf(to.menu), to.index],
    })
  }

  /** Returns true when the item has to be made anew. */
  #modify(change: Change & { kind: 'modified' }, at: number): boolean {
    const { from, to } = change
    const subject = to ?? from
    if (subject === undefined) return false
    const written: PropertyValue[] = []
    const reset: PropertyValue[] = []
    const stuck: PropertyChange[] = []
    for (const property of change.properties) {
      const { name, before, after } = property
      if (after !== undefined && after.state !== 'unset') {
        if (!after.constant) {
          this.#refuse(
            'not-constant',
            change,
            at,
            'The value is computed by a script, so what the device would get is not known.',
            name,
          )
        } else if (this.#isDangling(subject, after)) {
          this.#refuse(
            'dangling-reference',
            change,
            at,
            'The value refers to something the target does not have.',
            name,
          )
        } else written.push(cumulativePolicy(subject.menu, after, before))
      } else if (after !== undefined) written.push(after)
      else {
        const value =
          from === undefined
            ? undefined
            : resetValue(from, name, before, this.#diff.toState.document.header.major)
        if (value === undefined) stuck.push(property)
        else {
          reset.push(value.written)
          if (value.isAssumed) this.#assume(subject.menu, value.written)
        }
      }
    }
    if (stuck.length > 0 && from !== undefined && to !== undefined && this.#canBeMadeAnew(from, to)) {
      if (this.#add(to, [at], change)) {
        this.#remove(from, [at], change)
        return true
      }
    }
    for (const property of stuck) {
      this.#refuse(
        'unknown-default',
        change,
        at,
        'The target leaves the property at its default, which is not known.',
        property.name,
      )
    }
    // A new address leaves the network as it was, even where the old one followed from the old address.
    const network = subject.menu === '/ip address' ? to?.properties.get('network') : undefined
    const names = written.map((property) => property.name)
    if (network !== undefined && names.includes('address') && !names.includes('network'))
      written.push(network)
    if (written.length + reset.length > 0) this.#set(from, to, [at], written, reset)
    return false
  }

  #set(
    from: StateItem | undefined,
    to: StateItem | undefined,
    changes: readonly number[],
    written: readonly PropertyValue[],
    reset: readonly PropertyValue[],
  ): void {
    const subject = to ?? from
    if (subject === undefined) return
    const item = from === undefined ? targetRef(subject) : currentRef(from)
    const push = (
      properties: readonly PropertyValue[],
      defaults: readonly PropertyValue[],
      isRename: boolean,
    ) => {
      const all = [...properties, ...defaults]
      if (all.length === 0) return
      const hazard = hazardOf(
        subject.menu,
        subject.facts,
        all.map((property) => property.name),
      )
      const stage = isRename ? 0 : stageOf('set', subject.menu, hazard, isRestrictive(subject.menu, all))
      this.#operations.push({
        kind: 'set',
        menu: subject.menu,
        item,
        changes,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        properties,
        reset: defaults,
        ...(isRename ? { rename: 'final' as const } : {}),
        ...(hazard === undefined ? {} : { hazard }),
        rank: [stage, this.#rankOf(subject.menu), subject.index],
      })
    }
    const isName = (property: PropertyValue) => property.name === 'name' && subject.origin !== 'singleton'
    push(written.filter(isName), reset.filter(isName), true)
    push(
      written.filter((property) => !isName(property)),
      reset.filter((property) => !isName(property)),
      false,
    )
  }

  /**
   * An item that is removed takes its name along; what goes on naming it means the new holder of the name and must
   * be told so. The text of such a value does not change, so no change stands for it but that of the new holder.
   */
  #pointAgain(): void {
    const removedNames = new Map<string, StateItem>()
    for (const operation of this.#operations) {
      const { from } = operation
      if (operation.kind !== 'remove' || from?.name === undefined) continue
      const key = nameKey(nameSpaceOf(from.menu), from.name)
      const holder = this.#namesTo.get(key)
      if (holder !== undefined && this.#uses.has(key) && this.#namesFrom.get(key) === from)
        removedNames.set(key, holder)
    }
    if (removedNames.size === 0 && this.#gone.size === 0) return
    const changeOf = new Map<StateItem, number>()
    const isHandled = new Set<string>(this.#refused)
    this.#diff.changes.forEach((change, at) => {
      if ('to' in change && change.to !== undefined) changeOf.set(change.to, at)
      if (change.kind !== 'modified') return
      for (const property of change.properties)
        isHandled.add(propertyId(change.to ?? change.from, property.name))
    })
    for (const menu of this.#diff.match.menus) {
      for (const { from, to } of menu.pairs) {
        if (from === undefined || to === undefined) continue
        for (const name of Object.keys(to.facts?.refs ?? {})) {
          const property = to.properties.get(name)
          if (property?.state !== 'set' || !property.constant || isHandled.has(propertyId(to, name))) continue
          let holder: StateItem | undefined
          forEachName(to.facts, name, property.value, (space, part) => {
            holder ??= removedNames.get(nameKey(space, part))
          })
          if (holder !== undefined) {
            const at = changeOf.get(holder)
            this.#set(from, to, at === undefined ? [] : [at], [property], [])
          } else if (!isInternalId(property.value) && this.#isDangling(to, property)) {
            this.#unsupported.push({
              code: 'dangling-reference',
              menu: to.menu,
              label: labelOf(to),
              property: name,
              reason: 'The value stays, but the target does not have what it refers to.',
            })
          }
        }
      }
    }
  }

  #hasOtherForm(menu: MenuPath): boolean {
    const known = this.#otherForms.get(menu)
    if (known !== undefined) return known
    const [from, to] = [this.#diff.fromState, this.#diff.toState].map(
      (state) => state.menus.get(menu)?.items ?? [],
    )
    const isSingle = (items: readonly StateItem[] | undefined) =>
      items?.some((item) => item.origin === 'singleton')
    const isList = (items: readonly StateItem[] | undefined) =>
      items?.some((item) => item.origin !== 'singleton')
    const differs = (isSingle(from) && isList(to)) || (isList(from) && isSingle(to)) || false
    this.#otherForms.set(menu, differs)
    return differs
  }

  #canBeMadeAnew(from: StateItem, to: StateItem): boolean {
    if (from.origin !== 'added' || to.origin !== 'added') return false
    if (from.facts === undefined || from.facts.builtin === 'fixed') return false
    if (from.name === undefined) return true
    if (nameSpaceOf(from.menu) === '/interface') return false
    return !this.#uses.has(nameKey(nameSpaceOf(from.menu), from.name))
  }

  /** A reference to what is gone: an internal id, or a name the plan itself takes away. */
  #isDangling(item: StateItem, property: PropertyValue): boolean {
    if (property.state !== 'set' || referenceTargets(item.facts, property.name).length === 0) return false
    if (isInternalId(property.value)) return true
    if (this.#gone.size === 0) return false
    const missing = new Set<string>()
    const found = new Set<string>()
    forEachName(item.facts, property.name, property.value, (space, name) => {
      const key = nameKey(space, name)
      if (this.#namesTo.has(key)) found.add(name)
      else if (this.#gone.has(key)) missing.add(name)
    })
    if (found.has(property.value)) return false
    return [...missing].some((name) => !found.has(name))
  }

  #warnOfHiddenSecrets(to: StateItem, change: Change, at: number): void {
    if (this.#diff.toCarriesSecrets) return
    const secrets = to.facts?.sensitive ?? []
    if (secrets.length === 0 || secrets.some((name) => to.properties.has(name))) return
    this.#refuse(
      'secret-not-carried',
      change,
      at,
      'The target was exported without secrets; the item is added without any it may have had.',
      secrets.join(', '),
    )
  }

  #refuse(code: UnsupportedCode, change: Change, at: number, reason: string, property?: string): void {
    const subject =
      'to' in change && change.to !== undefined ? change.to : 'from' in change ? change.from : undefined
    if (property !== undefined) this.#refused.add(propertyId(subject, property))
    this.#unsupported.push({
      code,
      menu: change.menu,
      label: subject === undefined ? change.label : labelOf(subject),
      ...(property === undefined ? {} : { property }),
      reason,
      change: at,
    })
  }

  #assume(menu: MenuPath, property: PropertyValue): void {
    this.#assumed.set(`${menu}\n${property.name}\n${property.value}`, {
      menu,
      property: property.name,
      value: property.value,
    })
  }

  #rankOf(menu: MenuPath): number {
    return this.#menuRank.get(menu) ?? 0
  }
}

/** What an export writes where the thing referred to is gone. */
function isInternalId(value: string): boolean {
  return /^\*[0-9A-Fa-f]+$/.test(value)
}

function propertyId(item: StateItem | undefined, property: string): string {
  return item === undefined ? property : `${item.menu}\n${item.index}\n${property}`
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

/** Names that something refers to on either side, by `nameKey`. */
function usedNames(diff: DetailedDiff): ReadonlySet<string> {
  const used = new Set<string>()
  for (const state of [diff.fromState, diff.toState]) {
    for (const menu of state.menus.values()) {
      for (const property of Object.keys(menu.facts?.refs ?? {})) {
        for (const item of menu.items) {
          const value = item.properties.get(property)?.value
          if (value !== undefined)
            forEachName(menu.facts, property, value, (space, name) => used.add(nameKey(space, name)))
        }
      }
    }
  }
  return used
}

function takeApart(menu: MenuPairs, recreated: ReadonlySet<StateItem>): MenuPairs {
  const split = menu.pairs.filter((pair) => pair.from !== undefined && recreated.has(pair.from))
  if (split.length === 0) return menu
  return {
    path: menu.path,
    pairs: menu.pairs.filter((pair) => pair.from === undefined || !recreated.has(pair.from)),
    removed: [...menu.removed, ...split.flatMap((pair) => (pair.from === undefined ? [] : [pair.from]))],
    added: [...menu.added, ...split.flatMap((pair) => (pair.to === undefined ? [] : [pair.to]))],
  }
}

const restrictiveActions = new Set(['drop', 'reject', 'tarpit'])

/** True for what can only take access away: a drop rule, something disabled, VLAN filtering switched on. */
function isRestrictive(menu: MenuPath, properties: readonly PropertyValue[]): boolean {
  return properties.some(
    ({ name, value }) =>
      (name === 'action' && restrictiveActions.has(value) && menu.includes('firewall')) ||
      (name === 'disabled' && value === 'yes' && properties.length === 1) ||
      (name === 'vlan-filtering' && value === 'yes'),
  )
}
