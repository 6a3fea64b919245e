import type { GlobalCommand } from '../language/global-commands/global-command.js'

/** Ends the console session; safe mode is not undone by it. */
export class QuitSignal {}

/** `/quit`. */
export const quitCommand: GlobalCommand = async () => {
  throw new QuitSignal()
}
