import { redoCommand, undoCommand } from '../../commands/history.js'
import { importCommand } from '../../commands/import.js'
import { quitCommand } from '../../commands/session.js'
import { controlFlow } from './control-flow.js'
import type { GlobalCommand } from './global-command.js'
import { running } from './running.js'
import { serialization } from './serialization.js'
import { values } from './values.js'
import { variables } from './variables.js'

/** Every command that exists in all menus, by name. */
export const globalCommands: ReadonlyMap<string, GlobalCommand> = new Map<string, GlobalCommand>([
  ...controlFlow,
  ...variables,
  ...values,
  ...serialization,
  ...running,
  ['import', importCommand],
  ['undo', undoCommand],
  ['redo', redoCommand],
  ['quit', quitCommand],
])
