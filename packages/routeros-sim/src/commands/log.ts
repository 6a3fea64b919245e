import { toText } from '../language/convert-value.js'
import { NOTHING } from '../language/script-value.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'

function write(topic: string): MenuCommand {
  return ({ router, args }) => {
    const message = args.value('message') ?? args.positional[0]?.value ?? NOTHING
    router.log(`script,${topic}`, toText(message))
    return NOTHING
  }
}

/** `/log info` and its like. */
export const log: CommandTable = new Map(
  ['info', 'warning', 'error', 'debug'].map((topic) => [commandKey('/log', topic), write(topic)]),
)
