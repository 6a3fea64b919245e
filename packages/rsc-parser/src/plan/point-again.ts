import type { DetailedDiff } from '../diff/diff-documents.js'
import { forEachName, nameKey, nameSpaceOf } from '../diff/references.js'
import type { StateItem } from '../diff/state-item.js'
import type { Operation } from './operation.js'
import type { OperationFactory } from './operation-factory.js'
import { isInternalId, type PlanNames } from './plan-names.js'
import { propertyId, type Refusals } from './refusals.js'

/**
 * An item that is removed takes its name along. What goes on naming it means the new holder of the name and must be
 * told so: the text of such a value does not change, so no change stands for it but that of the new holder. What goes on
 * naming something that nobody holds any more is refused.
 */
export function pointAgain(
  diff: DetailedDiff,
  operations: readonly Operation[],
  names: PlanNames,
  factory: OperationFactory,
  refusals: Refusals,
): readonly Operation[] {
  const holders = newHolders(operations, names)
  if (holders.size === 0 && names.gone.size === 0) return []
  const changeOf = new Map<StateItem, number>()
  const isChanged = new Set<string>()
  diff.changes.forEach((change, at) => {
    if (change.kind !== 'removed' && change.to !== undefined) changeOf.set(change.to, at)
    if (change.kind !== 'modified') return
    for (const property of change.properties)
      isChanged.add(propertyId(change.to ?? change.from, property.name))
  })
  const made: Operation[] = []
  for (const menu of diff.match.menus) {
    for (const { from, to } of menu.pairs) {
      if (from === undefined || to === undefined) continue
      for (const name of Object.keys(to.facts?.refs ?? {})) {
        const property = to.properties.get(name)
        if (property?.state !== 'set' || !property.constant) continue
        if (isChanged.has(propertyId(to, name)) || refusals.has(to, name)) continue
        let holder: StateItem | undefined
        forEachName(to.facts, name, property.value, (space, part) => {
          holder ??= holders.get(nameKey(space, part))
        })
        if (holder !== undefined) {
          const at = changeOf.get(holder)
          made.push(...factory.set(from, to, at === undefined ? [] : [at], [property], []))
        } else if (!isInternalId(property.value) && names.isDangling(to, property)) {
          refusals.refuseItem('dangling-reference', to, { property: name }, { menu: to.menu, label: '' })
        }
      }
    }
  }
  return made
}

/** Names that an item which is removed gives up to another one, while something refers to them. */
function newHolders(operations: readonly Operation[], names: PlanNames): ReadonlyMap<string, StateItem> {
  const holders = new Map<string, StateItem>()
  for (const { kind, from } of operations) {
    if (kind !== 'remove' || from?.name === undefined) continue
    const key = nameKey(nameSpaceOf(from.menu), from.name)
    const holder = names.to.get(key)
    if (holder !== undefined && names.used.has(key) && names.from.get(key) === from) holders.set(key, holder)
  }
  return holders
}
