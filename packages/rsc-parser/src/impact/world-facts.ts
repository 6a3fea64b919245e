import { ALWAYS, type Condition, type ConditionSpace } from './condition-space.js'

/**
 * Facts of the world outside the device: links, gateways, what other hosts give. Judging one document they count
 * as true and are listed; comparing two they are variables.
 */
export class WorldFacts {
  readonly space: ConditionSpace
  readonly #areTrusted: boolean
  readonly #used = new Set<string>()

  constructor(space: ConditionSpace, areTrusted: boolean) {
    this.space = space
    this.#areTrusted = areTrusted
  }

  fact(text: string): Condition {
    this.#used.add(text)
    return this.#areTrusted ? ALWAYS : this.space.variable(text)
  }

  /** Facts asked for so far that count as true. */
  assumptions(): readonly string[] {
    return this.#areTrusted ? [...this.#used] : []
  }
}
