import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** A wireless network without encryption. */
export const noOpenWireless: Rule = {
  id: 'no-open-wireless',
  category: 'exposure',
  summary: 'A wireless network without encryption.',
  recommended: 'warn',
  security: 'warn',

  *check(source) {
    for (const menu of [
      '/interface wireless security-profiles',
      '/caps-man security',
      '/interface wifi security',
    ]) {
      for (const item of source.items(menu)) {
        const isOpen = menu.endsWith('security-profiles')
          ? propertyOf(item, 'mode', 'none') === 'none' && item.state.origin === 'added'
          : item.values.get('authentication-types') === ''
        if (isOpen)
          yield {
            range: source.rangeOf(item),
            message: 'Networks with this profile are open: everyone reads along and joins.',
          }
      }
    }
  },
}
