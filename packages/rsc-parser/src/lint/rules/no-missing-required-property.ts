import { menuFacts } from '../../facts/menu-table.js'
import type { Rule } from '../rule.js'

/** An `add` without a property that the device insists on. */
export const noMissingRequiredProperty: Rule = {
  id: 'no-missing-required-property',
  category: 'syntax',
  summary: 'An item is added without a property that the device insists on.',
  recommended: 'warn',
  security: 'off',
  *check({ document, ros }) {
    // The device never writes such a line itself, and what it insists on is known for 7 only.
    if (document.header.majorIsStated || ros.major < 7) return
    for (const item of document.items) {
      if (item.verb !== 'add' || item.properties.has('copy-from')) continue
      const facts = document.menu(item.menu)?.facts
      for (const name of facts?.required ?? []) {
        if (
          item.properties.has(name) ||
          isNewer(facts?.refs[name], ros.minor) ||
          [...item.properties.keys()].some((each) => each.startsWith(`${name}.`))
        )
          continue
        yield { range: item.verbRange, message: `add without ${name}=: the device refuses the command.` }
      }
    }
  },
}

/** True when a property refers to a menu that the release may not have: then it does not insist on it either. */
function isNewer(menu: string | undefined, minor: number): boolean {
  const since = menu === undefined ? undefined : menuFacts(menu.split(':')[0] ?? '', 7)?.since
  return since !== undefined && minor < Number(since.split('.')[1])
}
