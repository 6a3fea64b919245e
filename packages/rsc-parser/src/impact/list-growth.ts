import { type Condition, type ConditionSpace, NEVER } from './condition-space.js'

/** Whose address a rule put in a list. */
export type ListedParty = 'manager' | 'device'

/** Addresses that rules add to lists while the packets of the connection pass: seen by the rules behind them. */
export class ListGrowth {
  readonly #space: ConditionSpace
  readonly #added = new Map<string, Condition>()

  constructor(space: ConditionSpace) {
    this.#space = space
  }

  add(list: string, who: ListedParty, when: Condition): void {
    const key = `${who} ${list}`
    this.#added.set(key, this.#space.or(this.#added.get(key) ?? NEVER, when))
  }

  /** Lists that the connection itself puts the manager's address in. */
  listsOfManager(): ReadonlySet<string> {
    const lists = [...this.#added.keys()].filter((key) => key.startsWith('manager '))
    return new Set(lists.map((key) => key.slice('manager '.length)))
  }

  /** When the address of a party has been added to a list. */
  added(list: string, who: ListedParty): Condition {
    return this.#added.get(`${who} ${list}`) ?? NEVER
  }
}
