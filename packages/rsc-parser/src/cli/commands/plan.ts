import { buildDocument } from '../../document/build-document.js'
import { planRestore } from '../../plan/plan-restore.js'
import type { PlanStatement, RestorePlan } from '../../plan/restore-plan.js'
import { findSecrets } from '../../secrets/find-secrets.js'
import { parse } from '../../syntax/parser.js'
import { displayText } from '../../text/bytes.js'
import { printable } from '../../text/printable.js'
import type { Command } from '../command.js'
import { choiceFlag, expectWords, isOn } from '../command-input.js'
import { exitCodes } from '../exit-codes.js'
import { readPair } from '../read-document.js'

/** `rsc plan`: the script from one configuration to the other. */
export const planCommand: Command = {
  name: 'plan',
  summary: 'write the script that takes a router from OLD to NEW',
  help: `Usage: rsc plan OLD NEW [--format script|json] [--show-secrets]

Prints a script for /import that takes a router from what OLD says to what NEW says. It first looks up
every item it will touch and stops with :error, nothing changed, on a router that is not as OLD says.
"rsc plan NEW OLD" is the way back. What the script does not do is listed on standard error; then the
exit code is 1. A script that needs a secret is printed only with --show-secrets: masked it would be wrong.
Exit codes: 0 complete, 1 something is left out or a secret is needed, 2 usage.

Examples:
  rsc plan running.rsc wanted.rsc > change.rsc
  rsc plan running.rsc wanted.rsc --format json | jq '.statements[].text'
`,
  options: { format: { type: 'string' }, 'show-secrets': { type: 'boolean' } },
  run: async (input, io) => {
    const [oldPath = '', newPath = ''] = expectWords(input, 'OLD', 'NEW')
    const format = choiceFlag(input, 'format', ['script', 'json'])
    const [from, to] = await readPair(oldPath, newPath, io)
    const plan = planRestore(from, to)
    const secrets = isOn(input, 'show-secrets') ? [] : plan.statements.filter(holdsSecret)
    if (secrets.length > 0) {
      for (const statement of secrets)
        io.stderr(`rsc: ${statement.menu}: needs a secret; --show-secrets writes it\n`)
      return exitCodes.found
    }
    io.stdout(format === 'json' ? `${JSON.stringify(planJson(plan), null, 2)}\n` : plan.script)
    for (const { menu, label, property, reason, code } of plan.unsupported) {
      const what = [menu, printable(displayText(label)), property]
        .filter((part) => part !== undefined && part !== '')
        .join(' ')
      io.stderr(`rsc: not in the plan: ${what}: ${reason} (${code})\n`)
    }
    return plan.unsupported.length > 0 ? exitCodes.found : exitCodes.ok
  },
}

function holdsSecret({ text }: PlanStatement): boolean {
  return findSecrets(buildDocument(parse(text))).length > 0
}

function planJson(plan: RestorePlan) {
  return {
    guard: plan.guard,
    statements: plan.statements.map(({ index, menu, verb, label, text, changes, hazard }) => ({
      index,
      menu,
      verb,
      item: displayText(label),
      text,
      changes,
      ...(hazard === undefined ? {} : { hazard }),
    })),
    unsupported: plan.unsupported,
    assumedDefaults: plan.assumedDefaults,
    script: plan.script,
  }
}
