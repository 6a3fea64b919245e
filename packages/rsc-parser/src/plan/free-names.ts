import { nameKey, nameSpaceOf } from '../diff/references.js'
import { compareRanks, itemKey, nameGivenUp, nameTaken, type Operation } from './operation.js'
import type { PlanNames } from './plan-names.js'
import { plainProperty } from './reset-value.js'

/**
 * Adds operations that give an item a temporary name where its own is wanted by another one before it can let go:
 * names exchanged among items, and a name that passes from an item still referred to to one of another kind.
 */
export function freeNames(collected: readonly Operation[], names: PlanNames): readonly Operation[] {
  const operations = [...collected]
  const takers = new Map<string, Operation>()
  for (const operation of collected) {
    const name = nameTaken(operation)
    if (name !== undefined) takers.set(name, operation)
  }
  const isFreed = new Set<string>()
  const free = (operation: Operation) => {
    if (isFreed.has(itemKey(operation)) || operation.from?.name === undefined) return
    isFreed.add(itemKey(operation))
    const isTaken = (name: string) => {
      const key = nameKey(nameSpaceOf(operation.menu), name)
      return names.from.has(key) || names.to.has(key)
    }
    let name = `${operation.from.name}-old`
    for (let count = 2; isTaken(name); count++) name = `${operation.from.name}-old${count}`
    const { to: _, ...rest } = operation
    operations.push({
      ...rest,
      kind: 'set',
      properties: [plainProperty('name', name)],
      reset: [],
      rename: 'temporary',
      rank: [0, operation.rank[1], operation.rank[2]],
    })
  }
  for (const operation of collected) {
    const name = nameGivenUp(operation)
    if (name === undefined || !takers.has(name)) continue
    if (operation.kind === 'remove') {
      if (names.used.has(name)) free(operation)
    } else if (endsInCircle(operation, takers)) free(operation)
  }
  return operations
}

/** Follows who takes the name that is given up; true when the way leads back and nobody on it was freed already. */
function endsInCircle(start: Operation, takers: ReadonlyMap<string, Operation>): boolean {
  let current: Operation | undefined = start
  const seen = new Set<Operation>()
  while (current !== undefined && !seen.has(current)) {
    seen.add(current)
    const name = nameGivenUp(current)
    current = name === undefined ? undefined : takers.get(name)
    if (current?.kind === 'add') return false
    if (current === start) return smallest(seen) === start
  }
  return false
}

function smallest(operations: ReadonlySet<Operation>): Operation | undefined {
  return [...operations].sort(compareRanks)[0]
}
