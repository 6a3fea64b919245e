import { AddressLists } from '../../impact/address-lists.js'
import { ConditionSpace } from '../../impact/condition-space.js'
import { allTables, chainsOf, matchersOf } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** A rule that matches an address list which nothing fills. */
export const noEmptyAddressList: Rule = {
  id: 'no-empty-address-list',
  category: 'firewall',
  summary: 'A rule uses an address list that has no entry and that nothing fills.',
  recommended: 'warn',
  security: 'warn',
  needsFullExport: true,
  *check(source) {
    for (const root of ['/ip', '/ipv6'] as const) {
      const lists = new AddressLists(source.view, root === '/ip' ? 4 : 6, new ConditionSpace())
      const filled = new Set(lists.names())
      for (const menu of allTables.filter((each) => each.startsWith(`${root} `))) {
        for (const rules of chainsOf(source, menu).values()) {
          for (const rule of rules) {
            const matchers = matchersOf(rule)
            for (const property of ['src-address-list', 'dst-address-list']) {
              const value = matchers.get(property)
              const list = value?.replace(/^!/, '')
              if (
                value === undefined ||
                list === undefined ||
                filled.has(list) ||
                lists.isFilledByDevice(list)
              )
                continue
              const effect = value.startsWith('!') ? 'matches every address' : 'never matches'
              yield {
                range: source.propertyRange(rule, property),
                message: `Address list "${list}" has no enabled entry and nothing here fills it: ${property}=${value} ${effect}.`,
              }
            }
          }
        }
      }
    }
  },
}
