import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** A scheduler entry or script owns every policy, also those it cannot need. */
export const noFullRightsScript: Rule = {
  id: 'no-full-rights-script',
  category: 'exposure',
  summary: 'A scheduler entry or script owns every policy, also those it cannot need.',
  recommended: 'off',
  security: 'warn',

  *check(source) {
    for (const menu of ['/system scheduler', '/system script']) {
      for (const item of source.enabled(menu)) {
        const policies = propertyOf(item, 'policy').split(',')
        const isAll = ['password', 'sensitive', 'policy', 'reboot', 'sniff'].every((each) =>
          policies.includes(each),
        )
        if (!isAll) continue
        yield {
          range: source.propertyRange(item, 'policy'),
          message: `${item.name ?? 'This entry'} may do everything, passwords and policies included: whoever can edit it owns the device.`,
        }
      }
    }
  },
}
