import { RouterError } from '../language/router-error.js'
import { NOTHING, str } from '../language/script-value.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'

const take: MenuCommand = ({ router, execution }) => {
  const verdict = router.safeMode.take(execution.session)
  if (verdict.outcome !== 'taken') throw new RouterError('failure: safe mode is taken by another user')
  return NOTHING
}

/** `/safe-mode`, from 7.18. */
export const safeMode: CommandTable = new Map<string, MenuCommand>([
  [commandKey('/safe-mode', 'take'), take],
  [
    commandKey('/safe-mode', 'release'),
    ({ router, execution }) => {
      router.safeMode.release(execution.session)
      return NOTHING
    },
  ],
  [
    commandKey('/safe-mode', 'unroll'),
    ({ router, execution }) => {
      router.safeMode.unroll(execution.session)
      return NOTHING
    },
  ],
  [commandKey('/safe-mode', 'get'), ({ router }) => str(router.safeMode.holder())],
])
