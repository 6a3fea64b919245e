import { propertyOf } from '../../impact/device-view.js'
import { parseIpPrefix, parseIpRange, prefixRange, rangeContains } from '../../impact/ip-range.js'
import type { Rule } from '../rule.js'

/** A DHCP server whose clients get no gateway and no DNS server. */
export const useDhcpNetwork: Rule = {
  id: 'use-dhcp-network',
  category: 'correctness',
  summary: 'A DHCP server whose clients get no gateway and no DNS server.',
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
      const pool = source.items('/ip pool').find((each) => each.name === propertyOf(server, 'address-pool'))
      // What clients get is decided by the address they are given, not by that of the server.
      const uncovered = propertyOf(pool, 'ranges')
        .split(',')
        .map(parseIpRange)
        .filter((range) => range !== undefined)
        .find(
          ({ family, first }) =>
            !networks.some((each) => rangeContains(each, { family, first, last: first })),
        )
      if (pool === undefined || uncovered === undefined) continue
      yield {
        range: source.rangeOf(server),
        message: `No entry of /ip dhcp-server network covers the addresses of pool ${pool.name}: clients get no gateway and no DNS server.`,
        related: [{ range: source.rangeOf(pool), message: 'The pool.' }],
      }
    }
  },
}
