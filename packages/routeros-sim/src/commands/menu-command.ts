import type { CommandArguments } from '../language/command-arguments.js'
import type { Execution } from '../language/execution.js'
import type { ScriptValue } from '../language/script-value.js'
import type { RouterCore } from '../router-core.js'

/** One use of a verb in a menu, arguments evaluated. */
export interface CommandCall {
  readonly router: RouterCore
  readonly execution: Execution
  readonly menu: string
  readonly verb: string
  readonly args: CommandArguments
}

/** What a verb does in a menu. */
export type MenuCommand = (call: CommandCall) => Promise<ScriptValue> | ScriptValue

/** Verbs of one menu, by menu path and verb: `/system reboot` is verb `reboot` of `/system`. */
export type CommandTable = ReadonlyMap<string, MenuCommand>

/** Builds the key of a command table. */
export function commandKey(menu: string, verb: string): string {
  return `${menu} ${verb}`
}
