import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** An address or DHCP server on a port of a bridge or bond. */
export const noAddressOnBridgePort: Rule = {
  id: 'no-address-on-bridge-port',
  category: 'correctness',
  summary: 'An address or DHCP server on a port of a bridge or bond.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    for (const menu of ['/ip address', '/ipv6 address', '/ip dhcp-server', '/ip dhcp-client']) {
      for (const item of source.enabled(menu)) {
        const name = propertyOf(item, 'interface')
        const master = source.interfaces.masterOf(name)
        if (master === undefined) continue
        yield {
          range: source.propertyRange(item, 'interface'),
          message: `${name} is part of ${master.name}: put this on ${master.name} instead, a port carries no addresses.`,
        }
      }
    }
  },
}
