import { checkSource } from '../language/check-statements.js'
import { ReturnSignal } from '../language/execution.js'
import { runStatements } from '../language/interpreter.js'
import { RouterError } from '../language/router-error.js'
import { scriptSource } from '../language/script-source.js'
import { NOTHING } from '../language/script-value.js'
import { grantedPolicies } from '../state/user-policies.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'
import { selectedRecords } from './select-records.js'

const run: MenuCommand = async (call) => {
  const { execution } = call
  for (const record of selectedRecords(call)) {
    const source = scriptSource(record.properties.get('source') ?? '')
    const needed = grantedPolicies(record.properties.get('policy') ?? '')
    const free = record.properties.get('dont-require-permissions') === 'yes'
    if (!free && [...needed].some((policy) => !execution.policies.has(policy))) {
      throw new RouterError('not enough permissions (9)')
    }
    const inner = {
      ...execution,
      source,
      scope: execution.scope.fresh(),
      place: { menu: '/' },
      policies: needed,
      inScript: true,
      depth: execution.depth + 1,
    }
    call.router.jobs.countRun(record.properties.get('name') ?? '')
    if (inner.depth > 50) throw new RouterError('maximum call depth reached')
    try {
      checkSource(source, inner)
      await runStatements(source.tree.statements(), inner)
    } catch (error) {
      if (error instanceof ReturnSignal) continue
      if (error instanceof RouterError && error.origin !== undefined) {
        const named = new RouterError(
          `${error.message} (${error.origin.command}; line ${error.origin.line})`,
          'syntax',
        )
        throw named
      }
      throw error
    }
  }
  return NOTHING
}

const removeJob: MenuCommand = (call) => {
  for (const record of selectedRecords(call)) call.router.jobs.running.get(record.id)?.cancel()
  return NOTHING
}

const removeVariable: MenuCommand = (call) => {
  for (const record of selectedRecords(call)) call.router.globals.delete(record.properties.get('name') ?? '')
  return NOTHING
}

/** `/system script run`, jobs, and global variables. */
export const systemScript: CommandTable = new Map([
  [commandKey('/system script', 'run'), run],
  [commandKey('/system script job', 'remove'), removeJob],
  [commandKey('/system script environment', 'remove'), removeVariable],
  [commandKey('/environment', 'remove'), removeVariable],
])
