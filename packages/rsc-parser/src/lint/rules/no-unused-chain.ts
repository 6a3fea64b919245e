import { propertyOf } from '../../impact/device-view.js'
import { actionOf, allTables, chainsOf } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

const builtIn = new Set([
  'input',
  'forward',
  'output',
  'prerouting',
  'postrouting',
  'srcnat',
  'dstnat',
  'hotspot',
  'pre-hotspot',
  'hs-input',
  'hs-unauth',
  'hs-auth',
  'dynamic',
])

/** Rules in a chain that nothing jumps to. */
export const noUnusedChain: Rule = {
  id: 'no-unused-chain',
  category: 'firewall',
  summary: 'A custom chain has rules, but no rule jumps to it.',
  recommended: 'warn',
  security: 'warn',
  needsFullExport: true,
  *check(source) {
    for (const menu of allTables) {
      const chains = chainsOf(source, menu)
      const reached = new Set<string>()
      for (const rules of chains.values()) {
        for (const rule of rules) if (actionOf(rule) === 'jump') reached.add(propertyOf(rule, 'jump-target'))
      }
      for (const [chain, rules] of chains) {
        const first = rules[0]
        if (first === undefined || chain === '' || builtIn.has(chain) || reached.has(chain)) continue
        // PPP profiles have chains of their own: incoming-filter= and outgoing-filter=.
        const isProfileChain = source
          .items('/ppp profile')
          .some((item) => [...item.values.values()].includes(chain))
        if (isProfileChain) continue
        yield {
          range: source.rangeOf(first),
          message: `No rule jumps to chain "${chain}": its ${rules.length} rule(s) do nothing.`,
        }
      }
    }
  },
}
