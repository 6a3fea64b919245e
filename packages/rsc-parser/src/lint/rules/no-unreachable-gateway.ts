import { isEnabled, listOf, propertyOf } from '../../impact/device-view.js'
import { parseIpPrefix, parseIpRange, prefixRange, rangeContains } from '../../impact/ip-range.js'
import type { LintSource } from '../lint-source.js'
import type { Rule } from '../rule.js'

/** A gateway that is in none of the connected networks. */
export const noUnreachableGateway: Rule = {
  id: 'no-unreachable-gateway',
  category: 'correctness',
  summary: 'A gateway that is in none of the connected networks.',
  recommended: 'warn',
  security: 'off',
  needsFullExport: true,
  *check(source) {
    if (givesAddresses(source)) return
    const networks = source
      .enabled('/ip address')
      .flatMap((item) => [propertyOf(item, 'address'), propertyOf(item, 'network')])
      .map(parseIpPrefix)
      .filter((prefix) => prefix !== undefined)
      .map(prefixRange)
    const routed = source
      .enabled('/ip route')
      .map((item) => parseIpPrefix(propertyOf(item, 'dst-address', '0.0.0.0/0')))
      .filter((prefix) => prefix !== undefined && prefix.length > 0)
      .map((prefix) => prefixRange(prefix ?? { family: 4, address: 0n, length: 32 }))
    for (const item of source.enabled('/ip route')) {
      for (const gateway of listOf(propertyOf(item, 'gateway'))) {
        const hop = parseIpRange(gateway)
        if (hop === undefined || [...networks, ...routed].some((network) => rangeContains(network, hop)))
          continue
        yield {
          range: source.propertyRange(item, 'gateway'),
          message: `Gateway ${gateway} is in no network of this device and no route leads to it: the route stays inactive.`,
        }
      }
    }
  },
}

/** Devices that get networks from elsewhere: the export does not know them. */
function givesAddresses(source: LintSource): boolean {
  const isDynamic =
    /^\/ip dhcp-client$|^\/interface (pppoe|pptp|l2tp|sstp|ovpn|ppp)-client$|^\/interface lte|^\/routing (ospf|bgp|rip)|^\/ppp secret$|^\/zerotier/
  return source.view.menus.some((menu) => isDynamic.test(menu) && source.items(menu).some(isEnabled))
}
