import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** MAC Telnet or MAC WinBox is open on all interfaces. */
export const noMacServerOnAll: Rule = {
  id: 'no-mac-server-on-all',
  category: 'exposure',
  summary: 'MAC Telnet or MAC WinBox is open on all interfaces.',
  recommended: 'warn',
  security: 'error',
  needsFullExport: true,
  *check(source) {
    for (const menu of ['/tool mac-server', '/tool mac-server mac-winbox']) {
      const item = source.view.one(menu)
      const list = propertyOf(
        item,
        'allowed-interface-list',
        source.ros.major === 6 && source.ros.minor < 41 ? 'none' : 'all',
      )
      if (list !== 'all') continue
      yield {
        range: item === undefined ? source.headRange : source.propertyRange(item, 'allowed-interface-list'),
        message: `${menu} is open on all interfaces${item === undefined ? ' (the default)' : ''}, the uplink included, and no IP firewall applies to it.`,
      }
    }
  },
}
