import type { PlanStatement } from './restore-plan.js'

/** What stands around the statements of a printed script. */
export interface ScriptOptions {
  /** Lines before the guard, for example a check that a revert is armed. */
  readonly prologue?: readonly string[]
  /** Lines after a statement, for example a note of how far the script got. */
  readonly afterEach?: (statement: PlanStatement) => readonly string[]
  /** Lines after the last statement. */
  readonly epilogue?: readonly string[]
}

/** The text of a plan for `/import`: one command a line, full paths, LF, readable by v6 and v7. */
export function printScript(
  guard: readonly string[],
  statements: readonly PlanStatement[],
  options: ScriptOptions = {},
): string {
  const lines = [...(options.prologue ?? []), ...guard]
  for (const statement of statements) {
    lines.push(statement.text)
    if (options.afterEach !== undefined) lines.push(...options.afterEach(statement))
  }
  lines.push(...(options.epilogue ?? []))
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
