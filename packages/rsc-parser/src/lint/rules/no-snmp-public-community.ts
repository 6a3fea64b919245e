import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** SNMP answers to the community "public". */
export const noSnmpPublicCommunity: Rule = {
  id: 'no-snmp-public-community',
  category: 'exposure',
  summary: 'SNMP answers to the community "public".',
  recommended: 'warn',
  security: 'error',

  *check(source) {
    const snmp = source.view.one('/snmp')
    if (snmp === undefined || propertyOf(snmp, 'enabled', 'no') !== 'yes') return
    const communities = source.items('/snmp community')
    const first = communities.find((item) => item.state.origin !== 'added')
    if (first === undefined || propertyOf(first, 'name', 'public') === 'public') {
      const isOff =
        first !== undefined &&
        (propertyOf(first, 'disabled', 'no') === 'yes' ||
          isNarrow(propertyOf(first, 'addresses')) ||
          propertyOf(first, 'read-access', 'yes') === 'no')
      if (!isOff) {
        yield {
          range: first === undefined ? source.propertyRange(snmp, 'enabled') : source.rangeOf(first),
          message: 'SNMP is on and its built-in community is still called "public".',
        }
      }
    }
    for (const item of communities) {
      if (propertyOf(item, 'write-access', 'no') !== 'yes' || isNarrow(propertyOf(item, 'addresses')))
        continue
      yield {
        range: source.propertyRange(item, 'write-access'),
        message: 'This community may write, from every address.',
      }
    }
  },
}

function isNarrow(addresses: string): boolean {
  return addresses !== '' && addresses.split(',').every((each) => !each.endsWith('/0'))
}
