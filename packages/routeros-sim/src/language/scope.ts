import { NOTHING, type ScriptValue } from './script-value.js'

/** Variables visible at a place of a script: local ones of enclosing blocks, then declared globals. */
export class Scope {
  readonly #locals = new Map<string, { value: ScriptValue } | 'global'>()
  readonly #parent: Scope | undefined
  readonly #globals: Map<string, ScriptValue>

  constructor(globals: Map<string, ScriptValue>, parent?: Scope) {
    this.#globals = globals
    this.#parent = parent
  }

  /** A scope inside of this one. */
  child(): Scope {
    return new Scope(this.#globals, this)
  }

  /** A scope that sees only globals that it declares: scripts and functions start so. */
  fresh(): Scope {
    return new Scope(this.#globals)
  }

  declareLocal(name: string, value: ScriptValue): void {
    this.#locals.set(name, { value })
  }

  /** `:global name` makes a global visible here; with a value it is set too. */
  declareGlobal(name: string, value: ScriptValue | undefined): void {
    this.#locals.set(name, 'global')
    if (value !== undefined) this.#globals.set(name, value)
    else if (!this.#globals.has(name)) this.#globals.set(name, NOTHING)
  }

  /** False when no such variable was declared. */
  assign(name: string, value: ScriptValue): boolean {
    const own = this.#locals.get(name)
    if (own === 'global') {
      if (value.type === 'nothing') this.#globals.delete(name)
      else this.#globals.set(name, value)
      return true
    }
    if (own !== undefined) {
      own.value = value
      return true
    }
    return this.#parent?.assign(name, value) ?? false
  }

  has(name: string): boolean {
    return this.#locals.has(name) || (this.#parent?.has(name) ?? false)
  }

  /** The value; nothing when the name is not known here. */
  read(name: string): ScriptValue {
    const own = this.#locals.get(name)
    if (own === 'global') return this.#globals.get(name) ?? NOTHING
    if (own !== undefined) return own.value
    return this.#parent?.read(name) ?? NOTHING
  }
}
