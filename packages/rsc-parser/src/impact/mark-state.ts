import { ALWAYS, type Condition, type ConditionSpace, NEVER } from './condition-space.js'

/** Which mark a packet carries, under which condition. */
export class MarkState {
  readonly #space: ConditionSpace
  readonly #marks = new Map<string, Condition>()

  constructor(space: ConditionSpace) {
    this.#space = space
  }

  /** Gives the packet a mark where `when` holds; `no-mark` takes it away. */
  set(mark: string, when: Condition): void {
    for (const [known, condition] of this.#marks) this.#marks.set(known, this.#space.without(condition, when))
    if (mark !== 'no-mark') this.#marks.set(mark, this.#space.or(this.#marks.get(mark) ?? NEVER, when))
  }

  /** When the packet carries the mark; `no-mark` asks for none. */
  is(mark: string): Condition {
    if (mark !== 'no-mark') return this.#marks.get(mark) ?? NEVER
    let none = ALWAYS
    for (const condition of this.#marks.values()) none = this.#space.without(none, condition)
    return none
  }

  /** All marks given so far. */
  names(): readonly string[] {
    return [...this.#marks.keys()]
  }

  /** A copy that changes on its own. */
  copy(): MarkState {
    const copy = new MarkState(this.#space)
    for (const [mark, condition] of this.#marks) copy.#marks.set(mark, condition)
    return copy
  }
}
