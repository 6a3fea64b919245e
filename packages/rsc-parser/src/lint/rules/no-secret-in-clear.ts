import type { Rule } from '../rule.js'

/** The file holds passwords or keys in clear text. */
export const noSecretInClear: Rule = {
  id: 'no-secret-in-clear',
  category: 'exposure',
  summary: 'The file holds passwords or keys in clear text.',
  recommended: 'off',
  security: 'warn',

  *check(source) {
    for (const menu of source.view.menus) {
      for (const item of source.items(menu)) {
        for (const name of item.state.facts?.sensitive ?? []) {
          const property = item.state.item.properties.get(name)
          if (property?.state !== 'set' || property.value === '' || /^\*+$/.test(property.value)) continue
          yield {
            range: property.nameRange,
            message: `${name} stands here in clear text: whoever reads the file has it. Export with hide-sensitive (6) or without show-sensitive (7).`,
          }
        }
      }
    }
  },
}
