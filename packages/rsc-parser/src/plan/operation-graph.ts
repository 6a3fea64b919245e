/**
 * Which operations must come before which. `hard` edges hold always; `soft` ones are given up, weakest first, when
 * they would go round in a circle.
 */
export class OperationGraph {
  readonly #size: number
  /** Nodes beyond the operations: a gathering point for many-to-many edges. */
  #nodes: number
  readonly #edges: { readonly before: number; readonly after: number; readonly strength: EdgeStrength }[] = []

  constructor(operationCount: number) {
    this.#size = operationCount
    this.#nodes = operationCount
  }

  /** A point that comes after everything led to it and before everything led from it. */
  gather(): number {
    return this.#nodes++
  }

  before(first: number, second: number, strength: EdgeStrength): void {
    if (first !== second) this.#edges.push({ before: first, after: second, strength })
  }

  /**
   * Operations in an order that keeps all edges, and among the free ones that of `compare`. `broken` lists the
   * operations that had to go although something of strength `hard` should have come first.
   */
  sort(compare: (first: number, second: number) => number): {
    readonly order: number[]
    readonly broken: number[]
  } {
    const successors: { node: number; strength: EdgeStrength }[][] = Array.from(
      { length: this.#nodes },
      () => [],
    )
    const waiting = strengths.map(() => new Int32Array(this.#nodes))
    for (const { before, after, strength } of this.#edges) {
      successors[before]?.push({ node: after, strength })
      bump(waiting, strength, after, 1)
    }
    const isDone = new Uint8Array(this.#nodes)
    const free = new Heap((first, second) => this.#compare(first, second, compare))
    const isFree = (node: number, least = 0) => {
      for (let strength = least; strength < strengths.length; strength++) {
        if ((waiting[strength] as Int32Array)[node] !== 0) return false
      }
      return true
    }
    for (let node = 0; node < this.#nodes; node++) if (isFree(node)) free.push(node)
    const order: number[] = []
    const broken: number[] = []
    let left = this.#nodes
    while (left > 0) {
      let node = free.pop()
      if (node === undefined) {
        // A circle: give up the weakest edges of one operation, the one that would go first anyway.
        let least = 1
        while (least < strengths.length && node === undefined) {
          const level = least++
          node = this.#first((each) => !isDone[each] && isFree(each, level), compare)
        }
        if (node === undefined) {
          node = this.#first((each) => !isDone[each], compare)
          if (node === undefined) break
          if (node < this.#size) broken.push(node)
        }
      }
      if (isDone[node]) continue
      isDone[node] = 1
      left--
      if (node < this.#size) order.push(node)
      for (const { node: next, strength } of successors[node] ?? []) {
        bump(waiting, strength, next, -1)
        if (!isDone[next] && isFree(next)) free.push(next)
      }
    }
    return { order, broken }
  }

  #compare(first: number, second: number, compare: (first: number, second: number) => number): number {
    const isVirtual = (node: number) => node >= this.#size
    if (isVirtual(first) || isVirtual(second))
      return Number(isVirtual(second)) - Number(isVirtual(first)) || first - second
    return compare(first, second) || first - second
  }

  #first(
    admits: (node: number) => boolean,
    compare: (first: number, second: number) => number,
  ): number | undefined {
    let best: number | undefined
    for (let node = 0; node < this.#nodes; node++) {
      if (admits(node) && (best === undefined || this.#compare(node, best, compare) < 0)) best = node
    }
    return best
  }
}

/** `soft`: tidier; `release`: nothing refers any more to what goes; `hard`: would fail or say something else. */
export type EdgeStrength = 'soft' | 'release' | 'hard'

const strengths: readonly EdgeStrength[] = ['soft', 'release', 'hard']

function bump(waiting: readonly Int32Array[], strength: EdgeStrength, node: number, by: number): void {
  const counts = waiting[strengths.indexOf(strength)]
  if (counts !== undefined) counts[node] = (counts[node] ?? 0) + by
}

/** A binary heap of node numbers. */
class Heap {
  readonly #items: number[] = []
  readonly #compare: (first: number, second: number) => number

  constructor(compare: (first: number, second: number) => number) {
    this.#compare = compare
  }

  push(node: number): void {
    const items = this.#items
    let at = items.push(node) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#compare(items[parent] as number, node) <= 0) break
      items[at] = items[parent] as number
      at = parent
    }
    items[at] = node
  }

  pop(): number | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined || items.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= items.length) break
      if (child + 1 < items.length && this.#compare(items[child + 1] as number, items[child] as number) < 0)
        child++
      if (this.#compare(items[child] as number, last) >= 0) break
      items[at] = items[child] as number
      at = child
    }
    items[at] = last
    return top
  }
}
