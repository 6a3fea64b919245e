import type { ViewItem } from '../../impact/device-view.js'
import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** An address list that nothing refers to. */
export const noUnusedAddressList: Rule = {
  id: 'no-unused-address-list',
  category: 'firewall',
  summary: 'An address list is filled but no rule uses it.',
  recommended: 'off',
  security: 'off',
  needsFullExport: true,
  *check(source) {
    for (const root of ['/ip', '/ipv6']) {
      const used = new Set<string>()
      let scripts = ''
      for (const menu of source.view.menus) {
        for (const item of source.items(menu)) {
          for (const [name, value] of item.values) {
            if (/^(src|dst)-address-list$/.test(name)) used.add(value.replace(/^!/, ''))
            else if (/source|on-event|script|rule|networks|filter/.test(name)) scripts += value
          }
        }
      }
      const first = new Map<string, ViewItem>()
      for (const item of source.items(`${root} firewall address-list`)) {
        const list = propertyOf(item, 'list')
        if (!first.has(list)) first.set(list, item)
      }
      for (const [list, item] of first) {
        if (used.has(list) || scripts.includes(list)) continue
        yield { range: source.propertyRange(item, 'list'), message: `No rule uses address list "${list}".` }
      }
    }
  },
}
