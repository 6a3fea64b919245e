import { coversVlan } from '../../impact/arrival.js'
import { listOf, propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** A VLAN interface on a filtering bridge that is not itself a member of the VLAN. */
export const useBridgeVlanMember: Rule = {
  id: 'use-bridge-vlan-member',
  category: 'correctness',
  summary: 'A VLAN interface on a filtering bridge that is not itself a member of the VLAN.',
  recommended: 'error',
  security: 'off',

  *check(source) {
    for (const item of source.enabled('/interface vlan')) {
      const name = propertyOf(item, 'interface')
      const bridge = source.interfaces.get(name)
      if (bridge?.kind !== 'bridge' || propertyOf(bridge.item, 'vlan-filtering', 'no') !== 'yes') continue
      const vlanId = Number(propertyOf(item, 'vlan-id', '1'))
      const rows = source
        .enabled('/interface bridge vlan')
        .filter(
          (row) => propertyOf(row, 'bridge') === name && coversVlan(propertyOf(row, 'vlan-ids'), vlanId),
        )
      if (rows.some((row) => listOf(propertyOf(row, 'tagged')).includes(name))) continue
      if (source.ros.major === 7 && source.ros.minor >= 16) continue
      yield {
        range: source.propertyRange(item, 'vlan-id'),
        message: `${name} filters VLANs and is no tagged member of VLAN ${vlanId}: no frame reaches ${item.name}.`,
        related: rows.map((row) => ({
          range: source.rangeOf(row),
          message: 'The VLAN without the bridge itself.',
        })),
      }
    }
  },
}
