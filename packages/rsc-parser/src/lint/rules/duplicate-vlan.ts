import { propertyOf, type ViewItem } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** The same VLAN id twice on one interface. */
export const duplicateVlan: Rule = {
  id: 'duplicate-vlan',
  category: 'correctness',
  summary: 'The same VLAN id twice on one interface.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    const seen = new Map<string, ViewItem>()
    for (const item of source.items('/interface vlan')) {
      const key = `${propertyOf(item, 'interface')} ${propertyOf(item, 'vlan-id', '1')} ${propertyOf(item, 'use-service-tag', 'no')}`
      const first = seen.get(key)
      if (first === undefined || !source.isKeptUntil(first, item)) seen.set(key, item)
      else {
        yield {
          range: source.propertyRange(item, 'vlan-id'),
          message: `VLAN ${propertyOf(item, 'vlan-id', '1')} is on ${propertyOf(item, 'interface')} already, as ${first.name}.`,
          related: [{ range: source.rangeOf(first), message: 'The first VLAN interface.' }],
        }
      }
    }
  },
}
