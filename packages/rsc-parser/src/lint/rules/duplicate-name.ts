import { nameSpaceOf } from '../../diff/references.js'
import type { ViewItem } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** Menus that take a name more than once: seen in genuine exports. */
const freely = /^\/ip dns static$|^\/ip ipsec policy$|^\/routing bgp /

/** Two items of one menu with the same name. */
export const duplicateName: Rule = {
  id: 'duplicate-name',
  category: 'correctness',
  summary: 'Two items have the same name, which the device refuses.',
  recommended: 'error',
  security: 'off',
  *check(source) {
    const seen = new Map<string, ViewItem>()
    for (const menu of source.view.menus) {
      const keys = source.document.menu(menu)?.facts?.keys ?? []
      if (keys[0]?.length !== 1 || keys[0][0] !== 'name' || freely.test(menu)) continue
      for (const item of source.items(menu)) {
        const name = item.values.get('name')
        if (name === undefined || item.state.origin !== 'added') continue
        const key = `${nameSpaceOf(menu)} ${name}`
        const first = seen.get(key)
        if (first === undefined || !source.isKeptUntil(first, item)) seen.set(key, item)
        else {
          yield {
            range: source.propertyRange(item, 'name'),
            message: `The name "${name}" is taken: the device refuses the second item.`,
            related: [
              { range: source.propertyRange(first, 'name'), message: 'The first item of this name.' },
            ],
          }
        }
      }
    }
  },
}
