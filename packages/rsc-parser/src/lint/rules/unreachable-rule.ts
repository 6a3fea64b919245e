import type { ViewItem } from '../../impact/device-view.js'
import { actionOf, allTables, chainsOf, changedMatchers, endsChain, matchersOf } from '../firewall-rules.js'
import { matchersCover } from '../matcher-covers.js'
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
        let earlier: { rule: ViewItem; matchers: ReadonlyMap<string, string> }[] = []
        for (const rule of rules) {
          // Such a rule is not in force where it stands.
          if (rule.values.has('place-before')) continue
          const matchers = matchersOf(rule)
          const first = earlier.find((each) => matchersCover(each.matchers, matchers))
          if (first !== undefined) {
            yield {
              range: source.rangeOf(rule),
              message: `No packet reaches this rule of chain ${chain}: all that it matches is taken before (${actionOf(first.rule)}).`,
              related: [{ range: source.rangeOf(first.rule), message: 'This rule takes the packets.' }],
            }
          }
          const changed = changedMatchers(rule)
          if (changed.length > 0) {
            earlier = earlier.filter((each) => !changed.some((name) => each.matchers.has(name)))
          }
          if (endsChain(rule)) earlier.push({ rule, matchers })
        }
      }
    }
  },
}
