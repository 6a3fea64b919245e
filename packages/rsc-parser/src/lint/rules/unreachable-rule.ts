import { CoveringRules } from '../covering-rules.js'
import { actionOf, allTables, chainsOf, changedMatchers, endsChain, matchersOf } from '../firewall-rules.js'
import { readMatchers } from '../matcher.js'
import type { Rule } from '../rule.js'

/** A firewall rule that no packet reaches because an earlier one takes them all. */
export const unreachableRule: Rule = {
  id: 'unreachable-rule',
  category: 'firewall',
  summary: 'A firewall rule is never reached: an earlier rule takes all its packets.',
  recommended: 'warn',
  security: 'warn',
  *check(source) {
    for (const menu of allTables.filter((each) => source.isInOrder(each))) {
      for (const [chain, rules] of chainsOf(source, menu)) {
        const earlier = new CoveringRules()
        for (const rule of rules) {
          // Such a rule is not in force where it stands.
          if (rule.values.has('place-before')) continue
          const matchers = readMatchers(matchersOf(rule))
          const first = earlier.find(matchers)
          if (first !== undefined) {
            yield {
              range: source.rangeOf(rule),
              message: `No packet reaches this rule of chain ${chain}: all that it matches is taken before (${actionOf(first)}).`,
              related: [{ range: source.rangeOf(first), message: 'This rule takes the packets.' }],
            }
          }
          earlier.change(changedMatchers(rule))
          if (endsChain(rule)) earlier.add(rule, matchers)
        }
      }
    }
  },
}
