import { propertyOf } from '../../impact/device-view.js'
import { parseIpPrefix, parseIpRange, prefixRange, rangeContains } from '../../impact/ip-range.js'
import type { Rule } from '../rule.js'

/** A DHCP pool with addresses outside the network of its server. */
export const noPoolOutsideNetwork: Rule = {
  id: 'no-pool-outside-network',
  category: 'correctness',
  summary: 'A DHCP pool with addresses outside the network of its server.',
  recommended: 'warn',
  security: 'off',

  *check(source) {
    for (const server of source.enabled('/ip dhcp-server')) {
      const name = propertyOf(server, 'interface')
      const networks = source
        .enabled('/ip address')
        .filter((each) => propertyOf(each, 'interface') === name)
        .map((each) => parseIpPrefix(propertyOf(each, 'address')))
        .filter((prefix) => prefix !== undefined && prefix.length < 32)
        .map((prefix) => prefixRange(prefix ?? { family: 4, address: 0n, length: 32 }))
      const pool = source.items('/ip pool').find((each) => each.name === propertyOf(server, 'address-pool'))
      if (pool === undefined || networks.length === 0 || propertyOf(server, 'relay') !== '') continue
      for (const element of propertyOf(pool, 'ranges').split(',')) {
        const range = parseIpRange(element)
        if (range === undefined || networks.some((network) => rangeContains(network, range))) continue
        yield {
          range: source.propertyRange(pool, 'ranges'),
          message: `${element} is not within a network of ${name}: clients get addresses that do not work there.`,
          related: [{ range: source.rangeOf(server), message: 'The DHCP server that uses the pool.' }],
        }
      }
    }
  },
}
