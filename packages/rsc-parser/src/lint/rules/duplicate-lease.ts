import { propertyOf, type ViewItem } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** Two static leases for one address or one client. */
export const duplicateLease: Rule = {
  id: 'duplicate-lease',
  category: 'correctness',
  summary: 'Two static leases for one address or one client.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    for (const property of ['address', 'mac-address']) {
      const seen = new Map<string, ViewItem>()
      for (const item of source.enabled('/ip dhcp-server lease')) {
        const value = propertyOf(item, property).toLowerCase()
        if (value === '' || (property === 'mac-address' && item.values.has('client-id'))) continue
        const key = `${propertyOf(item, 'server', 'all')} ${value}`
        const first = seen.get(key)
        if (first === undefined || !source.isKeptUntil(first, item)) seen.set(key, item)
        else {
          yield {
            range: source.propertyRange(item, property),
            message: `${property}=${value} has a lease already: only one of them can work.`,
            related: [{ range: source.rangeOf(first), message: 'The first lease.' }],
          }
        }
      }
    }
  },
}
