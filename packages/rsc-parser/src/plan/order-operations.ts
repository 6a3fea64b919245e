import { hasOrder } from '../diff/ordered-scopes.js'
import { forEachName, nameKey, nameSpaceOf, usageTargets } from '../diff/references.js'
import type { StateItem } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { freeNames } from './free-names.js'
import { compareRanks, itemKey, nameGivenUp, nameTaken, type Operation } from './operation.js'
import { OperationGraph } from './operation-graph.js'
import type { PlanNames } from './plan-names.js'

/** Operations in the order they must run. */
export interface OrderedOperations {
  readonly operations: readonly Operation[]
  /** Operations that had to run before something they need. */
  readonly broken: readonly Operation[]
}

/**
 * Orders operations so that what is named exists before it is named, nothing is taken away while it is named, no name
 * is given twice at one moment, ordered menus get their new items before they lose old ones, and what may cut the
 * management path comes last. Names that are exchanged get temporary ones in between.
 */
export function orderOperations(collected: readonly Operation[], names: PlanNames): OrderedOperations {
  return new Orderer(freeNames(collected, names)).order()
}

class Orderer {
  readonly #operations: readonly Operation[]

  constructor(operations: readonly Operation[]) {
    this.#operations = operations
  }

  order(): OrderedOperations {
    const operations = this.#operations
    const graph = new OperationGraph(operations.length)
    this.#connectNames(graph)
    this.#connectReferences(graph)
    this.#connectKeys(graph)
    this.#connectUsage(graph)
    this.#connectOrderedMenus(graph)
    const { order, broken } = graph.sort((first, second) =>
      compareRanks(operations[first], operations[second]),
    )
    const pick = (at: number) => operations[at] as Operation
    return { operations: order.map(pick), broken: broken.map(pick) }
  }

  /** Who gives up a name goes before who takes it. */
  #connectNames(graph: OperationGraph): void {
    const givers = new Map<string, number[]>()
    this.#operations.forEach((operation, at) => {
      const name = nameGivenUp(operation)
      if (name !== undefined) append(givers, name, at)
    })
    this.#operations.forEach((operation, at) => {
      const name = nameTaken(operation)
      for (const giver of name === undefined ? [] : (givers.get(name) ?? [])) {
        // With a temporary name in between, the removal or the final name comes later.
        const hasEarlier = this.#operations[giver]?.rename !== 'temporary' && this.#isFreedEarlier(giver)
        if (!hasEarlier) graph.before(giver, at, 'hard')
      }
    })
    const temporary = new Map<string, number>()
    this.#operations.forEach((operation, at) => {
      if (operation.rename === 'temporary') temporary.set(itemKey(operation), at)
    })
    this.#operations.forEach((operation, at) => {
      const first = temporary.get(itemKey(operation))
      if (first !== undefined && (operation.kind === 'remove' || operation.rename === 'final')) {
        graph.before(first, at, 'hard')
      }
    })
  }

  #isFreedEarlier(at: number): boolean {
    const operation = this.#operations[at]
    if (operation === undefined) return false
    const key = itemKey(operation)
    this.#temporaryItems ??= new Set(
      this.#operations.filter((each) => each.rename === 'temporary').map(itemKey),
    )
    return this.#temporaryItems.has(key)
  }
  #temporaryItems: Set<string> | undefined

  /** What is named comes before who names it; who lets go of it comes before it goes. */
  #connectReferences(graph: OperationGraph): void {
    const providers = new Map<string, number>()
    const removers = new Map<string, number>()
    this.#operations.forEach((operation, at) => {
      if (operation.kind === 'remove' && operation.from?.name !== undefined) {
        removers.set(nameKey(nameSpaceOf(operation.menu), operation.from.name), at)
      }
      if (operation.rename === 'temporary') return
      const name = nameTaken(operation)
      if (name !== undefined) providers.set(name, at)
    })
    if (providers.size === 0 && removers.size === 0) return
    this.#operations.forEach((operation, at) => {
      const facts = (operation.to ?? operation.from)?.facts
      for (const property of [...operation.properties, ...operation.reset]) {
        forEachName(facts, property.name, property.value, (space, name) => {
          const provider = providers.get(nameKey(space, name))
          if (provider !== undefined) graph.before(provider, at, 'hard')
        })
      }
      for (const property of lettingGo(operation)) {
        forEachName(facts, property.name, property.value, (space, name) => {
          const remover = removers.get(nameKey(space, name))
          if (remover !== undefined) graph.before(at, remover, 'release')
        })
      }
    })
  }

  /** Keys that need not be unique but may be: who lets go of one goes before who takes it. */
  #connectKeys(graph: OperationGraph): void {
    const givers = new Map<string, number[]>()
    this.#operations.forEach((operation, at) => {
      for (const key of keysOf(operation, operation.from)) append(givers, key, at)
    })
    if (givers.size === 0) return
    this.#operations.forEach((operation, at) => {
      for (const key of keysOf(operation, operation.to)) {
        for (const giver of (givers.get(key) ?? []).slice(0, 8)) graph.before(giver, at, 'soft')
      }
    })
  }

  /** Lists, chains and marks exist by use: fill them before they are used, use them no more before they go. */
  #connectUsage(graph: OperationGraph): void {
    const filled = new Map<string, number>()
    const emptied = new Map<string, number>()
    const users: (readonly [number, StateItem, ReadonlyMap<string, PropertyValue> | undefined])[] = []
    this.#operations.forEach((operation, at) => {
      const facts = (operation.to ?? operation.from)?.facts
      if (Object.values(facts?.refs ?? {}).some((target) => target.includes(':'))) {
        const item = operation.to ?? operation.from
        if (item !== undefined) users.push([at, item, operation.from?.properties])
      }
    })
    const point = (points: Map<string, number>, key: string) => {
      let node = points.get(key)
      if (node === undefined) {
        node = graph.gather()
        points.set(key, node)
      }
      return node
    }
    for (const [at, item, before] of users) {
      const operation = this.#operations[at] as Operation
      for (const property of operation.properties) {
        for (const [menu, target] of usageTargets(item.facts, property.name)) {
          graph.before(point(filled, `${menu}\n${target}\n${property.value}`), at, 'soft')
        }
      }
      for (const property of operation.kind === 'remove' ? (before?.values() ?? []) : []) {
        for (const [menu, target] of usageTargets(item.facts, property.name)) {
          graph.before(at, point(emptied, `${menu}\n${target}\n${property.value}`), 'soft')
        }
      }
    }
    if (filled.size === 0 && emptied.size === 0) return
    const properties = new Map<MenuPath, Set<string>>()
    for (const key of [...filled.keys(), ...emptied.keys()]) {
      const [menu = '', property = ''] = key.split('\n')
      const known = properties.get(menu)
      if (known === undefined) properties.set(menu, new Set([property]))
      else known.add(property)
    }
    this.#operations.forEach((operation, at) => {
      for (const property of properties.get(operation.menu) ?? []) {
        const now = operation.to?.properties.get(property)?.value
        const before = operation.from?.properties.get(property)?.value
        const full = now === undefined ? undefined : filled.get(`${operation.menu}\n${property}\n${now}`)
        if (full !== undefined && operation.kind === 'add') graph.before(at, full, 'soft')
        const empty =
          before === undefined ? undefined : emptied.get(`${operation.menu}\n${property}\n${before}`)
        if (empty !== undefined && operation.kind === 'remove') graph.before(empty, at, 'soft')
      }
    })
  }

  /** An ordered menu gets its new items and its new order before it loses anything: it is never empty in between. */
  #connectOrderedMenus(graph: OperationGraph): void {
    const points = new Map<MenuPath, number>()
    this.#operations.forEach((operation, at) => {
      if (!hasOrder((operation.to ?? operation.from)?.facts)) return
      let point = points.get(operation.menu)
      if (point === undefined) {
        point = graph.gather()
        points.set(operation.menu, point)
      }
      if (operation.kind === 'remove') graph.before(point, at, 'release')
      else graph.before(at, point, 'release')
    })
  }
}

function append(lists: Map<string, number[]>, key: string, at: number): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [at])
  else known.push(at)
}

/** What an operation stops naming. */
function* lettingGo(operation: Operation): Iterable<PropertyValue> {
  if (operation.from === undefined) return
  if (operation.kind === 'remove') {
    yield* operation.from.properties.values()
    return
  }
  for (const { name } of [...operation.properties, ...operation.reset]) {
    const before = operation.from.properties.get(name)
    if (before !== undefined) yield before
  }
}

/** Comparable texts of the natural keys an operation takes (item of the target) or lets go (item of the current). */
function keysOf(operation: Operation, item: StateItem | undefined): readonly string[] {
  if (item === undefined || item.origin !== 'added' || operation.kind === 'move') return []
  const isTarget = item === operation.to
  if (operation.kind === 'add' ? !isTarget : operation.kind === 'remove' && isTarget) return []
  const touched = new Set([...operation.properties, ...operation.reset].map((property) => property.name))
  const keys: string[] = []
  for (const key of item.facts?.keys ?? []) {
    if (key.length === 1 && key[0] === 'name') continue
    if (operation.kind === 'set' && !key.some((name) => touched.has(name))) continue
    const parts = key.map((name) => item.values.get(name))
    if (parts.every((part) => part !== undefined)) keys.push([item.menu, ...key, ...parts].join('\n'))
  }
  return keys
}
