import { propertyOf } from '../../impact/device-view.js'
import { isInputGuarded } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** The web or SOCKS proxy is on and restricts nobody. */
export const noOpenProxy: Rule = {
  id: 'no-open-proxy',
  category: 'exposure',
  summary: 'The web or SOCKS proxy is on and restricts nobody.',
  recommended: 'warn',
  security: 'error',
  needsFullExport: true,
  *check(source) {
    for (const [menu, access] of proxies) {
      const item = source.view.one(menu)
      if (item === undefined || propertyOf(item, 'enabled', 'no') !== 'yes') continue
      const isRestricted = source.enabled(access).some((rule) => propertyOf(rule, 'action') === 'deny')
      if (isRestricted || isInputGuarded(source)) continue
      yield {
        range: source.propertyRange(item, 'enabled'),
        message: `${menu} is on, no rule of ${access} denies and chain input refuses nobody: anyone can use it.`,
      }
    }
  },
}

const proxies: readonly (readonly [menu: string, access: string])[] = [
  ['/ip proxy', '/ip proxy access'],
  ['/ip socks', '/ip socks access'],
]
