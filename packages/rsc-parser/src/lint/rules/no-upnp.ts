import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** UPnP lets any host inside open ports to the outside. */
export const noUpnp: Rule = {
  id: 'no-upnp',
  category: 'exposure',
  summary: 'UPnP lets any host inside open ports to the outside.',
  recommended: 'off',
  security: 'warn',

  *check(source) {
    const item = source.view.one('/ip upnp')
    if (item === undefined || propertyOf(item, 'enabled', '') !== 'yes') return
    yield {
      range: source.propertyRange(item, 'enabled'),
      message: 'UPnP is on: any program inside can open ports to the outside without asking.',
    }
  },
}
