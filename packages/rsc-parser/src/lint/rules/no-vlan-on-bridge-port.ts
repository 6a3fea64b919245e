import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** A VLAN interface on a port of a bridge. */
export const noVlanOnBridgePort: Rule = {
  id: 'no-vlan-on-bridge-port',
  category: 'correctness',
  summary: 'A VLAN interface on a port of a bridge.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    for (const item of source.enabled('/interface vlan')) {
      const name = propertyOf(item, 'interface')
      const master = source.interfaces.masterOf(name)
      if (master?.kind !== 'bridge') continue
      yield {
        range: source.propertyRange(item, 'interface'),
        message: `${name} is a port of ${master.name}: the bridge takes the tagged frames, this VLAN interface may see none. Put it on ${master.name}.`,
      }
    }
  },
}
