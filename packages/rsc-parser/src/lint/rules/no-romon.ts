import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** RoMON is on for all ports. */
export const noRomon: Rule = {
  id: 'no-romon',
  category: 'exposure',
  summary: 'RoMON is on for all ports.',
  recommended: 'off',
  security: 'warn',

  *check(source) {
    const item = source.view.one('/tool romon')
    if (item === undefined || propertyOf(item, 'enabled', 'no') !== 'yes') return
    if (propertyOf(item, 'secrets') !== '') return
    const isNarrowed = source
      .items('/tool romon port')
      .some((port) => propertyOf(port, 'forbid', 'no') === 'yes')
    if (isNarrowed) return
    yield {
      range: source.propertyRange(item, 'enabled'),
      message: 'RoMON is on for all ports: neighbors reach the device past the IP firewall.',
    }
  },
}
