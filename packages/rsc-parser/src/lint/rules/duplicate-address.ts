import { propertyOf, type ViewItem } from '../../impact/device-view.js'
import { parseIpAddress } from '../../impact/ip-range.js'
import type { Rule } from '../rule.js'

/** The same address twice on enabled interfaces. */
export const duplicateAddress: Rule = {
  id: 'duplicate-address',
  category: 'correctness',
  summary: 'The same address twice on enabled interfaces.',
  recommended: 'error',
  security: 'off',

  *check(source) {
    for (const menu of ['/ip address', '/ipv6 address']) {
      const seen = new Map<string, ViewItem>()
      for (const item of source.enabled(menu)) {
        if (propertyOf(item, 'from-pool') !== '') continue
        const address = propertyOf(item, 'address').split('/')[0] ?? ''
        if (parseIpAddress(address) === undefined) continue
        const first = seen.get(address)
        if (first === undefined || !source.isKeptUntil(first, item)) seen.set(address, item)
        else {
          yield {
            range: source.propertyRange(item, 'address'),
            message: `Address ${address} stands on ${propertyOf(first, 'interface')} as well: which of them answers is chance.`,
            related: [{ range: source.rangeOf(first), message: 'The first one.' }],
          }
        }
      }
    }
  },
}
