import { findSecrets } from '../../secrets/find-secrets.js'
import { isSecret } from '../../secrets/secret-names.js'
import type { Rule } from '../rule.js'

/** The file holds passwords or keys in clear text. */
export const noSecretInClear: Rule = {
  id: 'no-secret-in-clear',
  category: 'exposure',
  summary: 'The file holds passwords or keys in clear text.',
  recommended: 'off',
  security: 'warn',

  *check({ document }) {
    const names = new Map(
      document.items.flatMap((item) =>
        [...item.properties.values()]
          .filter((property) => isSecret(item.menu, property.name))
          .map((property) => [property.valueRange.start, property] as const),
      ),
    )
    for (const { range, value } of findSecrets(document)) {
      if (/^\**$/.test(value)) continue
      const property = names.get(range.start)
      if (property === undefined) {
        yield {
          range,
          message:
            'A password or key stands here in clear text: whoever reads the file has it. Scripts are exported as they are; let them read it from elsewhere.',
        }
      } else {
        yield {
          range: property.nameRange,
          message: `${property.name} stands here in clear text: whoever reads the file has it. Export with hide-sensitive (6) or without show-sensitive (7).`,
        }
      }
    }
  },
}
