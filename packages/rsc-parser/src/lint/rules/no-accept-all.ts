import { actionOf, chainsOf, filterMenus, matchersOf } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** A rule in `input` or `forward` that accepts everything. */
export const noAcceptAll: Rule = {
  id: 'no-accept-all',
  category: 'firewall',
  summary: 'A rule without matchers accepts everything in input or forward.',
  recommended: 'warn',
  security: 'error',
  *check(source) {
    for (const menu of filterMenus) {
      for (const chain of ['input', 'forward']) {
        const rules = chainsOf(source, menu).get(chain) ?? []
        for (const [index, rule] of rules.entries()) {
          if (actionOf(rule) !== 'accept' || matchersOf(rule).size > 0) continue
          const behind = rules.length - index - 1
          if (behind === 0) continue
          yield {
            range: source.rangeOf(rule),
            message: `This rule accepts every packet of chain ${chain}; the ${behind} rule(s) behind it never see one.`,
          }
        }
      }
    }
  },
}
