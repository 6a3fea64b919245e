import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** A port with a pvid that admits tagged frames only. */
export const noPvidOnTaggedPort: Rule = {
  id: 'no-pvid-on-tagged-port',
  category: 'correctness',
  summary: 'A port with a pvid that admits tagged frames only.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    for (const item of source.enabled('/interface bridge port')) {
      const pvid = propertyOf(item, 'pvid', '1')
      if (pvid === '1' || propertyOf(item, 'frame-types') !== 'admit-only-vlan-tagged') continue
      yield {
        range: source.propertyRange(item, 'pvid'),
        message: `pvid=${pvid} is for untagged frames, which this port does not admit.`,
      }
    }
  },
}
