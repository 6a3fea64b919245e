import type { DetailedDiff } from '../diff/diff-documents.js'
import type { StateItem } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { cumulativePolicy } from './cumulative-policy.js'
import { hazardOf, isRestrictive, stageOf } from './hazard.js'
import type { Operation } from './operation.js'
import { currentRef, targetRef } from './operation.js'

/** Makes operations and ranks them: the target's menu order for what comes, the reverse of it for what goes. */
export class OperationFactory {
  readonly #menuRank = new Map<MenuPath, number>()

  constructor(diff: DetailedDiff) {
    let rank = 0
    for (const path of diff.toState.menus.keys()) this.#menuRank.set(path, ++rank)
    for (const path of diff.fromState.menus.keys()) {
      if (!this.#menuRank.has(path)) this.#menuRank.set(path, ++rank)
    }
  }

  add(to: StateItem, changes: readonly number[], properties: readonly PropertyValue[]): Operation {
    const hazard = hazardOf(to.menu, to.facts, to.properties.keys())
    const stage = stageOf('add', to.menu, hazard, isRestrictive(to.menu, properties))
    return {
      kind: 'add',
      menu: to.menu,
      item: targetRef(to),
      changes,
      to,
      properties: properties.map((property) => cumulativePolicy(to.menu, property, undefined)),
      reset: [],
      ...(hazard === undefined ? {} : { hazard }),
      rank: [stage, this.#rankOf(to.menu), to.index],
    }
  }

  remove(from: StateItem, changes: readonly number[]): Operation {
    const hazard = hazardOf(from.menu, from.facts, [])
    return {
      kind: 'remove',
      menu: from.menu,
      item: currentRef(from),
      changes,
      from,
      properties: [],
      reset: [],
      ...(hazard === undefined ? {} : { hazard }),
      rank: [stageOf('remove', from.menu, hazard, false), -this.#rankOf(from.menu), -from.index],
    }
  }

  move(from: StateItem, to: StateItem, changes: readonly number[]): Operation {
    const hazard = hazardOf(to.menu, to.facts, [])
    return {
      kind: 'move',
      menu: to.menu,
      item: currentRef(from),
      changes,
      from,
      to,
      properties: [],
      reset: [],
      ...(hazard === undefined ? {} : { hazard }),
      rank: [stageOf('move', to.menu, hazard, false), this.#rankOf(to.menu), to.index],
    }
  }

  /** A name is given by an operation of its own, before everything else; so this makes up to two. */
  set(
    from: StateItem | undefined,
    to: StateItem | undefined,
    changes: readonly number[],
    written: readonly PropertyValue[],
    reset: readonly PropertyValue[],
  ): readonly Operation[] {
    const subject = to ?? from
    if (subject === undefined) return []
    const isName = (property: PropertyValue) => property.name === 'name' && subject.origin !== 'singleton'
    const make = (isRename: boolean): readonly Operation[] => {
      const properties = written.filter((property) => isName(property) === isRename)
      const defaults = reset.filter((property) => isName(property) === isRename)
      const all = [...properties, ...defaults]
      if (all.length === 0) return []
      const names = all.map((property) => property.name)
      const hazard = hazardOf(subject.menu, subject.facts, names)
      const stage = isRename ? 0 : stageOf('set', subject.menu, hazard, isRestrictive(subject.menu, all))
      return [
        {
          kind: 'set',
          menu: subject.menu,
          item: from === undefined ? targetRef(subject) : currentRef(from),
          changes,
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          properties,
          reset: defaults,
          ...(isRename ? { rename: 'final' as const } : {}),
          ...(hazard === undefined ? {} : { hazard }),
          rank: [stage, this.#rankOf(subject.menu), subject.index],
        },
      ]
    }
    return [...make(true), ...make(false)]
  }

  #rankOf(menu: MenuPath): number {
    return this.#menuRank.get(menu) ?? 0
  }
}
