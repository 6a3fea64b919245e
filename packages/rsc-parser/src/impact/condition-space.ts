/**
 * A condition over the boolean variables of a `ConditionSpace`: an index into its node table.
 * Two conditions of one space are equivalent exactly when they are the same number.
 */
export type Condition = number

/** The condition that never holds. */
export const NEVER: Condition = 0
/** The condition that always holds. */
export const ALWAYS: Condition = 1

/** A value for each variable that matters; a variable that is absent may have either. */
export type Assignment = ReadonlyMap<number, boolean>

/** Thrown inside the analysis when a condition outgrows the space; callers turn it into `cannot tell`. */
export class ConditionTooLargeError extends Error {
  override readonly name = 'ConditionTooLargeError'
}

/**
 * Reduced ordered binary decision diagrams. Variables are ordered by the moment they are first asked for, which
 * for rule lists is the order of the rules and keeps the diagrams about as long as the list.
 */
export class ConditionSpace {
  readonly #variable: number[] = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
  readonly #low: number[] = [0, 1]
  readonly #high: number[] = [0, 1]
  readonly #unique = new Map<string, Condition>()
  readonly #iteCache = new Map<string, Condition>()
  readonly #names: string[] = []
  readonly #byName = new Map<string, number>()
  readonly #maxNodes: number

  /** @param maxNodes bound on the table; default 300 000 nodes, some 40 MB. */
  constructor(maxNodes = 300_000) {
    this.#maxNodes = maxNodes
  }

  /** The variable of a name, made at the first call; the name is what people read in a trace. */
  variable(name: string): Condition {
    return this.#node(this.variableIndex(name), NEVER, ALWAYS)
  }

  /** The index of a variable, made at the first call. */
  variableIndex(name: string): number {
    const known = this.#byName.get(name)
    if (known !== undefined) return known
    const index = this.#names.length
    this.#names.push(name)
    this.#byName.set(name, index)
    return index
  }

  /** Name of a variable. */
  variableName(index: number): string {
    return this.#names[index] ?? ''
  }

  and(a: Condition, b: Condition): Condition {
    return this.#ite(a, b, NEVER)
  }

  or(a: Condition, b: Condition): Condition {
    return this.#ite(a, ALWAYS, b)
  }

  not(a: Condition): Condition {
    return this.#ite(a, NEVER, ALWAYS)
  }

  /** `a` and not `b`. */
  without(a: Condition, b: Condition): Condition {
    return this.#ite(b, NEVER, a)
  }

  /** `then` where `condition` holds, `otherwise` elsewhere. */
  choose(condition: Condition, then: Condition, otherwise: Condition): Condition {
    return this.#ite(condition, then, otherwise)
  }

  all(conditions: Iterable<Condition>): Condition {
    let result = ALWAYS
    for (const condition of conditions) result = this.and(result, condition)
    return result
  }

  any(conditions: Iterable<Condition>): Condition {
    let result = NEVER
    for (const condition of conditions) result = this.or(result, condition)
    return result
  }

  /** True when `b` holds wherever `a` does. */
  implies(a: Condition, b: Condition): boolean {
    return this.without(a, b) === NEVER
  }

  /** One assignment under which the condition holds, with as few variables true as the diagram allows. */
  solve(condition: Condition): Assignment | undefined {
    if (condition === NEVER) return undefined
    const values = new Map<number, boolean>()
    let at = condition
    while (at !== ALWAYS) {
      const low = this.#low[at] ?? NEVER
      const takeLow = low !== NEVER
      values.set(this.#variable[at] ?? 0, !takeLow)
      at = takeLow ? low : (this.#high[at] ?? NEVER)
    }
    return values
  }

  /** Whether a condition holds under an assignment; absent variables count as false. */
  holds(condition: Condition, assignment: Assignment): boolean {
    let at = condition
    while (at > ALWAYS) {
      const taken = assignment.get(this.#variable[at] ?? 0) === true ? this.#high[at] : this.#low[at]
      at = taken ?? NEVER
    }
    return at === ALWAYS
  }

  /** The variables a condition depends on, ascending. */
  support(condition: Condition): number[] {
    const seen = new Set<Condition>()
    const found = new Set<number>()
    const open = [condition]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at <= ALWAYS || seen.has(at)) continue
      seen.add(at)
      found.add(this.#variable[at] ?? 0)
      open.push(this.#low[at] ?? NEVER, this.#high[at] ?? NEVER)
    }
    return [...found].sort((a, b) => a - b)
  }

  #node(variable: number, low: Condition, high: Condition): Condition {
    if (low === high) return low
    const key = `${variable} ${low} ${high}`
    const known = this.#unique.get(key)
    if (known !== undefined) return known
    const index = this.#variable.length
    if (index >= this.#maxNodes) throw new ConditionTooLargeError('The condition has too many cases.')
    this.#variable.push(variable)
    this.#low.push(low)
    this.#high.push(high)
    this.#unique.set(key, index)
    return index
  }

  #ite(f: Condition, g: Condition, h: Condition): Condition {
    if (f === ALWAYS || g === h) return g
    if (f === NEVER) return h
    if (g === ALWAYS && h === NEVER) return f
    const key = `${f} ${g} ${h}`
    const known = this.#iteCache.get(key)
    if (known !== undefined) return known
    const variable = Math.min(this.#top(f), this.#top(g), this.#top(h))
    const low = this.#ite(
      this.#cofactor(f, variable, 0),
      this.#cofactor(g, variable, 0),
      this.#cofactor(h, variable, 0),
    )
    const high = this.#ite(
      this.#cofactor(f, variable, 1),
      this.#cofactor(g, variable, 1),
      this.#cofactor(h, variable, 1),
    )
    const result = this.#node(variable, low, high)
    this.#iteCache.set(key, result)
    return result
  }

  #top(condition: Condition): number {
    return this.#variable[condition] ?? Number.MAX_SAFE_INTEGER
  }

  #cofactor(condition: Condition, variable: number, branch: 0 | 1): Condition {
    if (this.#top(condition) !== variable) return condition
    return (branch === 0 ? this.#low[condition] : this.#high[condition]) ?? NEVER
  }
}
