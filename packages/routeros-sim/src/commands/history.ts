import type { GlobalCommand } from '../language/global-commands/global-command.js'
import { RouterError } from '../language/router-error.js'
import { NOTHING } from '../language/script-value.js'

/** `/undo`: takes back the newest action of anybody. */
export const undoCommand: GlobalCommand = async ({ execution }) => {
  if (!execution.policies.has('write')) throw new RouterError('not enough permissions (9)')
  if (!execution.router.config.journal.undo()) throw new RouterError('failure: nothing to undo')
  return NOTHING
}

/** `/redo`: makes what was undone last again. Assumption: the texts when there is nothing to do. */
export const redoCommand: GlobalCommand = async ({ execution }) => {
  if (!execution.policies.has('write')) throw new RouterError('not enough permissions (9)')
  if (!execution.router.config.journal.redo()) throw new RouterError('failure: nothing to redo')
  return NOTHING
}
