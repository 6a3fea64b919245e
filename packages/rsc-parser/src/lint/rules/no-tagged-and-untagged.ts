import { listOf, propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** A port is tagged and untagged member of one VLAN. */
export const noTaggedAndUntagged: Rule = {
  id: 'no-tagged-and-untagged',
  category: 'correctness',
  summary: 'A port is tagged and untagged member of one VLAN.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    for (const item of source.enabled('/interface bridge vlan')) {
      const tagged = listOf(propertyOf(item, 'tagged'))
      for (const name of listOf(propertyOf(item, 'untagged'))) {
        if (!tagged.includes(name)) continue
        yield {
          range: source.propertyRange(item, 'untagged'),
          message: `${name} is tagged and untagged in VLAN ${propertyOf(item, 'vlan-ids')}: frames leave one way only.`,
        }
      }
    }
  },
}
