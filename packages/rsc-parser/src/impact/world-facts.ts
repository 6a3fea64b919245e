import { ALWAYS, type Condition, type ConditionSpace } from './condition-space.js'

/**
 * Facts of the world outside the device: links, gateways, what other hosts give. Judging one document they count
 * as true and are listed; comparing two they are variables.
 */
export class WorldFacts {
  readonly space: ConditionSpace
  readonly #areTrusted: boolean
  readonly #used = new Set<string>()
  readonly #statements: string[] = []

  constructor(space: ConditionSpace, areTrusted: boolean) {
    this.space = space
    this.#areTrusted = areTrusted
  }

  fact(text: string): Condition {
    this.#used.add(text)
    return this.#areTrusted ? ALWAYS : this.space.variable(text)
  }

  /** Whether statements that are no configuration leave the way in alone: the same fact for the same statements. */
  harmless(statements: string): Condition {
    const known = this.#statements.indexOf(statements)
    const index = known < 0 ? this.#statements.push(statements) - 1 : known
    const form =
      index === 0 ? '' : ` as they stand in the ${index === 1 ? 'target' : `target, form ${index}`}`
    return this.space.variable(`the statements that are no configuration${form} leave the way in alone`)
  }

  /** Facts asked for so far that count as true. */
  assumptions(): readonly string[] {
    return this.#areTrusted ? [...this.#used] : []
  }
}
