import { actionOf, chainsOf, matchersOf } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** Masquerade that also applies to traffic between inner networks. */
export const noBroadMasquerade: Rule = {
  id: 'no-broad-masquerade',
  category: 'firewall',
  summary: 'masquerade without anything that limits it hides sources everywhere.',
  recommended: 'warn',
  security: 'warn',
  *check(source) {
    for (const rule of chainsOf(source, '/ip firewall nat').get('srcnat') ?? []) {
      const action = actionOf(rule)
      if ((action !== 'masquerade' && action !== 'src-nat') || matchersOf(rule).size > 0) continue
      yield {
        range: source.rangeOf(rule),
        message: `${action} without out-interface or another matcher: services behind the device see its address instead of the client's.`,
      }
    }
  },
}
