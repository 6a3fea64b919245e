import type { ArgumentNode, CommandNode } from '@tod/rsc-parser'
import { FileStoreError } from '../files/file-store-error.js'
import { CommandArguments, conditionOf, evaluateArguments } from '../language/command-arguments.js'
import type { Execution } from '../language/execution.js'
import { RouterError } from '../language/router-error.js'
import type { ScriptValue } from '../language/script-value.js'
import type { RouterCore } from '../router-core.js'
import { commandTable } from './command-table.js'
import { genericVerbs } from './generic/index.js'
import { type CommandCall, commandKey, type MenuCommand } from './menu-command.js'
import { isSingletonMenu } from './menu-records.js'
import { requiredPolicies } from './required-policies.js'

const CHANGING = new Set([
  'add',
  'set',
  'remove',
  'move',
  'enable',
  'disable',
  'unset',
  'comment',
  'reset',
  'edit',
])

/** Verbs that act on items; on the console they ask for the numbers of items when none are named. */
const ON_ITEMS = new Set(['set', 'remove', 'enable', 'disable', 'comment', 'unset', 'move'])

async function askForItems(call: CommandCall): Promise<CommandCall> {
  const { args, execution, router, menu } = call
  const { ask } = execution.session
  const isNamed = args.named.has('numbers') || args.positional.length > 0
  if (ask === undefined || isNamed || isSingletonMenu(router, menu)) return call
  return { ...call, args: args.withItems(await ask('numbers: ')) }
}

/** What `/system history` calls a change: `bridge port changed`. */
function historyText(menu: string, verb: string): string {
  const words = menu.split(' ')
  const what = words.slice(-2).join(' ').replace(/^\//, '')
  return `${what} ${verb === 'add' ? 'added' : verb === 'remove' ? 'removed' : 'changed'}`
}

/** Runs a verb of a menu: rights, faults, the command itself, and the entry in history. */
export async function runMenuVerb(
  router: RouterCore,
  menu: string,
  verb: string,
  node: CommandNode,
  args: readonly ArgumentNode[],
  execution: Execution,
): Promise<ScriptValue> {
  const command = commandTable.get(commandKey(menu, verb)) ?? genericVerbs.get(verb)
  for (const policy of requiredPolicies(router, menu, verb, args)) {
    if (!execution.policies.has(policy)) throw new RouterError('not enough permissions (9)')
  }
  const refusal = await router.host.checkpoint({
    at: 'command',
    menu: menu.slice(1),
    verb,
    sessionKind: execution.session.kind,
  })
  if (refusal !== undefined) throw new RouterError(refusal)
  if (command === undefined) return { type: 'nothing' }
  // Inside of a command its own menu is the current one: `set [find name=x] …`.
  const inMenu: Execution = { ...execution, place: { menu } }
  const given =
    verb === 'find'
      ? new CommandArguments(node, new Map(), [], conditionOf(node, withoutWhere(args), execution))
      : await evaluateArguments(node, args, inMenu)
  const asked = { router, execution, menu, verb, args: given }
  const call = ON_ITEMS.has(verb) ? await askForItems(asked) : asked
  if (!CHANGING.has(verb)) return inRouterWords(command, call)
  const { journal } = router.config
  journal.begin(historyText(menu, verb), execution.user, 'write', router.host.clock.localMs())
  try {
    return await inRouterWords(command, call)
  } finally {
    journal.end()
  }
}

/** Runs a command; what the file store refuses becomes the command's error, so that scripts can catch it. */
async function inRouterWords(command: MenuCommand, call: CommandCall): Promise<ScriptValue> {
  try {
    return await command(call)
  } catch (error) {
    if (error instanceof FileStoreError) throw new RouterError(error.message)
    throw error
  }
}

function withoutWhere(args: readonly ArgumentNode[]): readonly ArgumentNode[] {
  const first = args[0]
  return first?.name === undefined && first?.value?.kind === 'word' && first.value.text === 'where'
    ? args.slice(1)
    : args
}
