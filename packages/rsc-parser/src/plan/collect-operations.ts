import type { Change, ModifiedChange, PropertyChange } from '../diff/change.js'
import type { DetailedDiff } from '../diff/diff-documents.js'
import type { MenuPairs } from '../diff/match-documents.js'
import { nameKey, nameSpaceOf } from '../diff/references.js'
import type { StateItem } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { cumulativePolicy } from './cumulative-policy.js'
import type { Operation } from './operation.js'
import { OperationFactory } from './operation-factory.js'
import { PlanNames } from './plan-names.js'
import { pointAgain } from './point-again.js'
import { Refusals } from './refusals.js'
import { resetValue } from './reset-value.js'
import type { AssumedDefault } from './restore-plan.js'

/** The steps a diff asks for, and the menus' partners with recreated items taken apart. */
export interface CollectedOperations {
  readonly operations: readonly Operation[]
  /** Partners as the plan keeps them: an item that must be made anew is one removed and one added. */
  readonly menus: readonly MenuPairs[]
  readonly refusals: Refusals
  readonly assumedDefaults: readonly AssumedDefault[]
  readonly names: PlanNames
}

/** Turns changes into operations, as yet without order. */
export function collectOperations(diff: DetailedDiff): CollectedOperations {
  return new Collector(diff).collect()
}

class Collector {
  readonly #diff: DetailedDiff
  readonly #factory: OperationFactory
  readonly #names: PlanNames
  readonly #refusals = new Refusals()
  readonly #operations: Operation[] = []
  readonly #assumed = new Map<string, AssumedDefault>()
  readonly #incomplete: readonly MenuPath[]
  readonly #otherForms = new Map<MenuPath, boolean>()

  constructor(diff: DetailedDiff) {
    this.#diff = diff
    this.#factory = new OperationFactory(diff)
    this.#names = new PlanNames(diff)
    const documents = [diff.fromState.document, diff.toState.document]
    this.#incomplete = documents.flatMap((document) => document.incompleteMenus.map((menu) => menu.path))
  }

  collect(): CollectedOperations {
    const { changes, match } = this.#diff
    const recreated = new Set<StateItem>()
    changes.forEach((change, at) => {
      if (this.#incomplete.some((path) => change.menu === path || change.menu.startsWith(`${path} `))) {
        this.#refusals.refuse('incomplete-menu', change, at)
      } else if (this.#hasOtherForm(change.menu)) this.#refusals.refuse('other-form', change, at)
      else if (change.kind === 'added') this.#add(change.to, change, at)
      else if (change.kind === 'removed') this.#remove(change.from, change, at)
      else if (change.kind === 'modified') {
        if (this.#modify(change, at) && change.from !== undefined) recreated.add(change.from)
      }
    })
    changes.forEach((change, at) => {
      if (change.kind !== 'moved' || recreated.has(change.from)) return
      this.#operations.push(this.#factory.move(change.from, change.to, [at]))
    })
    const again = pointAgain(this.#diff, this.#operations, this.#names, this.#factory, this.#refusals)
    return {
      operations: [...this.#operations, ...again],
      menus: recreated.size === 0 ? match.menus : match.menus.map((menu) => takeApart(menu, recreated)),
      refusals: this.#refusals,
      assumedDefaults: [...this.#assumed.values()],
      names: this.#names,
    }
  }

  #add(to: StateItem, change: Change, at: number): boolean {
    if (to.facts?.builtin === 'fixed') {
      this.#refusals.refuse('fixed-entry', change, at)
      return false
    }
    const properties = [...to.properties.values()].filter(
      (property) => property.state !== 'unset' || to.facts?.unset.includes(property.name),
    )
    for (const property of properties) if (!this.#canWrite(to, property, change, at)) return false
    this.#warnOfHiddenSecrets(to, change, at)
    this.#operations.push(this.#factory.add(to, [at], properties))
    return true
  }

  #remove(from: StateItem, change: Change, at: number): void {
    if (from.facts?.builtin === 'fixed') this.#refusals.refuse('fixed-entry', change, at)
    else this.#operations.push(this.#factory.remove(from, [at]))
  }

  /** Returns true when the item has to be made anew. */
  #modify(change: ModifiedChange, at: number): boolean {
    const { from, to } = change
    const subject = to ?? from
    if (subject === undefined) return false
    const written: PropertyValue[] = []
    const reset: PropertyValue[] = []
    const stuck: PropertyChange[] = []
    for (const property of change.properties) {
      const { before, after } = property
      if (after === undefined) {
        const value = this.#resetValue(from, property)
        if (value === undefined) stuck.push(property)
        else reset.push(value)
      } else if (this.#canWrite(subject, after, change, at)) {
        written.push(cumulativePolicy(subject.menu, after, before))
      }
    }
    if (stuck.length > 0 && from !== undefined && to !== undefined && this.#canBeMadeAnew(from, to)) {
      if (this.#add(to, change, at)) {
        this.#remove(from, change, at)
        return true
      }
    }
    for (const { name } of stuck) this.#refusals.refuse('unknown-default', change, at, name)
    if (to !== undefined && isOtherAccount(change)) this.#warnOfHiddenSecrets(to, change, at)
    written.push(...companions(to, written))
    this.#operations.push(...this.#factory.set(from, to, [at], written, reset))
    return false
  }

  #canWrite(item: StateItem, property: PropertyValue, change: Change, at: number): boolean {
    if (property.state === 'unset') return true
    if (!property.constant) this.#refusals.refuse('not-constant', change, at, property.name)
    else if (this.#names.isDangling(item, property)) {
      this.#refusals.refuse('dangling-reference', change, at, property.name)
    } else return true
    return false
  }

  #resetValue(from: StateItem | undefined, { name, before }: PropertyChange): PropertyValue | undefined {
    if (from === undefined) return undefined
    const { fromState, toState } = this.#diff
    const { verbose } = fromState.document.header
    const value = resetValue(from, name, before, toState.document.header.major, verbose)
    if (value?.isAssumed) {
      const { menu } = from
      const assumed = { menu, property: name, value: value.written.value }
      this.#assumed.set(`${menu}\n${name}\n${assumed.value}`, assumed)
    }
    return value?.written
  }

  #canBeMadeAnew(from: StateItem, to: StateItem): boolean {
    if (from.origin !== 'added' || to.origin !== 'added') return false
    if (from.facts === undefined || from.facts.builtin === 'fixed') return false
    if (from.name === undefined) return true
    const space = nameSpaceOf(from.menu)
    return space !== '/interface' && !this.#names.used.has(nameKey(space, from.name))
  }

  #warnOfHiddenSecrets(to: StateItem, change: Change, at: number): void {
    if (this.#diff.toCarriesSecrets) return
    const secrets = to.facts?.sensitive ?? []
    if (secrets.length === 0 || secrets.some((name) => to.properties.has(name))) return
    this.#refusals.refuse('secret-not-carried', change, at, secrets.join(', '))
  }

  /** Some menus are one item in one version and a list in another. */
  #hasOtherForm(menu: MenuPath): boolean {
    const known = this.#otherForms.get(menu)
    if (known !== undefined) return known
    const from = this.#diff.fromState.menus.get(menu)?.items ?? []
    const to = this.#diff.toState.menus.get(menu)?.items ?? []
    const isSingle = (item: StateItem) => item.origin === 'singleton'
    const isListed = (item: StateItem) => item.origin !== 'singleton'
    const differs = (from.some(isSingle) && to.some(isListed)) || (from.some(isListed) && to.some(isSingle))
    this.#otherForms.set(menu, differs)
    return differs
  }
}

/** An account of another name may be another one's: then its password is not the one the old name had. */
function isOtherAccount({ to, properties }: ModifiedChange): boolean {
  const hasPassword = to?.facts?.sensitive.includes('password') === true
  return (
    hasPassword && nameSpaceOf(to.menu) !== '/interface' && properties.some(({ name }) => name === 'name')
  )
}

/** A new address leaves the network as it was, even where the old one followed from the old address. */
function companions(to: StateItem | undefined, written: readonly PropertyValue[]): readonly PropertyValue[] {
  if (to?.menu !== '/ip address') return []
  const names = written.map((property) => property.name)
  const network = to.properties.get('network')
  return network !== undefined && names.includes('address') && !names.includes('network') ? [network] : []
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
