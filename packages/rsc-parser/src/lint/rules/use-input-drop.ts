import { chainsOf, filterMenus, isInputGuarded } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** Chain `input` that lets in whatever no rule refused. */
export const useInputDrop: Rule = {
  id: 'use-input-drop',
  category: 'firewall',
  summary: 'Chain input does not end in a rule that refuses the rest.',
  recommended: 'warn',
  security: 'error',
  needsFullExport: true,
  *check(source) {
    for (const menu of filterMenus) {
      const isIpv6 = menu.startsWith('/ipv6')
      if (isIpv6 && !source.view.menus.some((path) => path.startsWith('/ipv6 address'))) continue
      if (isInputGuarded(source, menu)) continue
      const rules = chainsOf(source, menu).get('input') ?? []
      const place = rules.at(-1) ?? source.items(menu)[0]
      const range = place === undefined ? source.headRange : source.rangeOf(place)
      yield {
        range,
        message:
          rules.length === 0
            ? `No rule in ${menu} protects the device itself: whoever can send it packets reaches all its services.`
            : `Chain input of ${menu} ends without a rule that refuses the rest: what no rule names is let in.`,
      }
    }
  },
}
