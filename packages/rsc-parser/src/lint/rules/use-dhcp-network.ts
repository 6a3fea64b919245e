import { propertyOf } from '../../impact/device-view.js'
import { parseIpPrefix, prefixRange, rangeContains } from '../../impact/ip-range.js'
import type { Rule } from '../rule.js'

/** A DHCP server whose clients get no gateway and no mask. */
export const useDhcpNetwork: Rule = {
  id: 'use-dhcp-network',
  category: 'correctness',
  summary: 'A DHCP server whose clients get no gateway and no mask.',
  recommended: 'warn',
  security: 'off',
  needsFullExport: true,
  *check(source) {
    const networks = source
      .items('/ip dhcp-server network')
      .map((item) => parseIpPrefix(propertyOf(item, 'address')))
      .filter((prefix) => prefix !== undefined)
      .map(prefixRange)
    for (const server of source.enabled('/ip dhcp-server')) {
      // The clients of a server behind a relay are in another network than the server.
      if (propertyOf(server, 'relay') !== '') continue
      const name = propertyOf(server, 'interface')
      for (const item of source.enabled('/ip address')) {
        const prefix = parseIpPrefix(propertyOf(item, 'address'))
        if (propertyOf(item, 'interface') !== name || prefix === undefined) continue
        const own = prefixRange({ ...prefix, length: 32 })
        if (networks.some((network) => rangeContains(network, own))) continue
        yield {
          range: source.rangeOf(server),
          message: `No entry of /ip dhcp-server network covers ${propertyOf(item, 'address')}: clients get no gateway and no DNS server.`,
        }
        break
      }
    }
  },
}
