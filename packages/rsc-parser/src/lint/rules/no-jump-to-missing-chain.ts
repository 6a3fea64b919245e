import { propertyOf } from '../../impact/device-view.js'
import { actionOf, allTables, chainsOf } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** A jump to a chain without rules. */
export const noJumpToMissingChain: Rule = {
  id: 'no-jump-to-missing-chain',
  category: 'firewall',
  summary: 'A jump leads to a chain that has no rule in force.',
  recommended: 'warn',
  security: 'warn',
  needsFullExport: true,
  *check(source) {
    for (const menu of allTables) {
      const chains = chainsOf(source, menu)
      for (const rules of chains.values()) {
        for (const rule of rules) {
          const target = propertyOf(rule, 'jump-target')
          if (actionOf(rule) !== 'jump' || target === '' || chains.has(target)) continue
          yield {
            range: source.propertyRange(rule, 'jump-target'),
            message: `Chain "${target}" has no rule in force: the jump does nothing.`,
          }
        }
      }
    }
  },
}
