import { propertyOf, type ViewItem } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** An interface is a port of two bridges, or twice of one. */
export const duplicateBridgePort: Rule = {
  id: 'duplicate-bridge-port',
  category: 'correctness',
  summary: 'An interface is a port of two bridges, or twice of one.',
  recommended: 'error',
  security: 'off',

  *check(source) {
    const seen = new Map<string, ViewItem>()
    for (const item of source.enabled('/interface bridge port')) {
      const name = propertyOf(item, 'interface')
      const first = seen.get(name)
      if (first === undefined || !source.isKeptUntil(first, item)) seen.set(name, item)
      else {
        yield {
          range: source.propertyRange(item, 'interface'),
          message: `${name} is a port of ${propertyOf(first, 'bridge')} already: the device refuses the second one.`,
          related: [{ range: source.rangeOf(first), message: 'The first membership.' }],
        }
      }
    }
  },
}
