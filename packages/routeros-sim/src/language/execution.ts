import type { SessionContext } from '../engine.js'
import type { RouterCore } from '../router-core.js'
import type { Scope } from './scope.js'
import type { ScriptSource } from './script-source.js'
import type { ScriptValue } from './script-value.js'

/** Where a piece of code runs: whose session, which text, which variables, which menu. */
export interface Execution {
  readonly router: RouterCore
  readonly session: SessionContext
  /** Account whose rights count. */
  readonly user: string
  /** Rights in force: those of the account, cut down to those of a script or scheduler entry. */
  readonly policies: ReadonlySet<string>
  readonly source: ScriptSource
  readonly scope: Scope
  /** Canonical path of the current menu; `/` = root. Shared by the statements of one block. */
  readonly place: { menu: string }
  /** True inside of scripts and imports: errors then name the command and its line. */
  readonly inScript: boolean
  /** Calls within calls, to stop endless recursion. */
  readonly depth: number
}

/** Leaves a function or script with a value. */
export class ReturnSignal {
  readonly value: ScriptValue
  constructor(value: ScriptValue) {
    this.value = value
  }
}

/** Leaves a loop, or its present turn. */
export class LoopSignal {
  readonly kind: 'break' | 'continue'
  constructor(kind: 'break' | 'continue') {
    this.kind = kind
  }
}
