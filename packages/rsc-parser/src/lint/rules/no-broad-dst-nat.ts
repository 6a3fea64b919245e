import { actionOf, chainsOf, matchersOf } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** Dst-nat that takes connections which were not meant. */
export const noBroadDstNat: Rule = {
  id: 'no-broad-dst-nat',
  category: 'firewall',
  summary: 'dst-nat by port alone also takes what passes through the device.',
  recommended: 'warn',
  security: 'warn',
  *check(source) {
    for (const rule of chainsOf(source, '/ip firewall nat').get('dstnat') ?? []) {
      const action = actionOf(rule)
      if (action !== 'dst-nat' && action !== 'netmap') continue
      const names = [...matchersOf(rule).keys()]
      if (names.some((name) => !/^(protocol|dst-port|src-port)$/.test(name))) continue
      yield {
        range: source.rangeOf(rule),
        message:
          'Without in-interface, dst-address or dst-address-type=local this rule redirects connections from inside to other hosts as well.',
      }
    }
  },
}
