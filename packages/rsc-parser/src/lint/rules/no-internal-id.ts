import type { Rule } from '../rule.js'

/** A reference that RouterOS wrote as an internal id because its target is gone. */
export const noInternalId: Rule = {
  id: 'no-internal-id',
  category: 'correctness',
  summary: 'A value such as *1F stands where a name was: what it referred to is gone.',
  recommended: 'warn',
  security: 'off',
  *check({ document }) {
    for (const item of document.items) {
      for (const property of item.properties.values()) {
        if (property.state !== 'set' || !/^!?\*[0-9A-F]+(,|$)/.test(property.value)) continue
        yield {
          range: { start: property.nameRange.start, end: property.valueRange.end },
          message: `${property.name}=${property.value} refers to something that no longer exists; an import of this line fails or does nothing.`,
        }
      }
    }
  },
}
