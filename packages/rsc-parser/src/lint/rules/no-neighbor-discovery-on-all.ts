import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** The device announces itself on all interfaces. */
export const noNeighborDiscoveryOnAll: Rule = {
  id: 'no-neighbor-discovery-on-all',
  category: 'exposure',
  summary: 'The device announces itself on all interfaces.',
  recommended: 'off',
  security: 'warn',
  needsFullExport: true,
  *check(source) {
    const item = source.view.one('/ip neighbor discovery-settings')
    const list = propertyOf(item, 'discover-interface-list', 'static')
    if (list !== 'all' && list !== 'static') return
    yield {
      range: item === undefined ? source.headRange : source.propertyRange(item, 'discover-interface-list'),
      message: `Neighbor discovery runs on interface list ${list}: model, version and addresses are told to the uplink as well.`,
    }
  },
}
