import { comparableValues } from '../diff/comparable-values.js'
import type { Item } from '../document/item.js'
import type { RscDocument } from '../document/rsc-document.js'
import type { Selector } from '../document/selector.js'
import { maskedValue } from '../secrets/masked-value.js'
import { formatValue } from '../text/quote.js'

/** An item on one line, whatever the layout of its source. */
export interface ConfigurationLine {
  /** Menu and command; a byte string. */
  readonly text: string
  /** Equal for lines that say the same: secrets in clear, properties sorted, spellings canonical, no defaults. */
  readonly key: string
}

/** How the lines are written and what they are compared by. */
export interface ConfigurationLineOptions {
  readonly showSecrets: boolean
  /** Properties of items that do not count in the comparison. */
  readonly ignored: ReadonlyMap<Item, ReadonlySet<string>>
}

/** The items of a document, one a line with its menu in front. Those that only state defaults are left out. */
export function configurationLines(
  document: RscDocument,
  options: ConfigurationLineOptions,
): readonly ConfigurationLine[] {
  const lines: ConfigurationLine[] = []
  for (const item of document.items) {
    const start = [item.menu, item.verb]
    if (item.selector !== undefined) start.push(selectorText(item.selector))
    const values = comparableValues(item.menu, item.properties, item.selector, document.header.major)
    if (item.verb === 'set' && values.size === 0) continue
    for (const name of options.ignored.get(item) ?? []) values.delete(name)
    const words = [...values].map(([name, value]) => `${name}=${value}`).sort()
    lines.push({
      text: [...start, ...propertyWords(item, options.showSecrets)].join(' '),
      key: [...start, ...words].join('\0'),
    })
  }
  return lines
}

function propertyWords(item: Item, showSecrets: boolean): readonly string[] {
  return [...item.properties.values()].map((property) => {
    if (property.state === 'unset') return `!${property.name}`
    if (property.state === 'flag') return property.name
    return `${property.name}=${formatValue(showSecrets ? property.value : maskedValue(item.menu, property))}`
  })
}

function selectorText(selector: Selector): string {
  switch (selector.kind) {
    case 'name':
      return formatValue(selector.name)
    case 'numbers':
      return selector.numbers.join(',')
    case 'id':
      return selector.id
    case 'find':
      return `[ find ${selector.conditions.map(({ name, value }) => `${name}=${formatValue(value)}`).join(' ')} ]`
    case 'other':
      return selector.text
  }
}
