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
      for (const name of document.menu(item.menu)?.facts?.required ?? []) {
        if (
          item.properties.has(name) ||
          [...item.properties.keys()].some((each) => each.startsWith(`${name}.`))
        )
          continue
        yield { range: item.verbRange, message: `add without ${name}=: the device refuses the command.` }
      }
    }
  },
}
