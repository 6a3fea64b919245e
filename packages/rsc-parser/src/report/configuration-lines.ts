import type { RscDocument } from '../document/rsc-document.js'
import type { Selector } from '../document/selector.js'
import { maskedValue } from '../secrets/masked-value.js'
import { formatValue } from '../text/quote.js'

/** The items of a document, one a line with its menu in front, whatever the layout of the source; byte strings. */
export function configurationLines(document: RscDocument, showSecrets: boolean): readonly string[] {
  return document.items.map((item) => {
    const words = [item.menu, item.verb]
    if (item.selector !== undefined) words.push(selectorText(item.selector))
    for (const property of item.properties.values()) {
      if (property.state === 'unset') words.push(`!${property.name}`)
      else if (property.state === 'flag') words.push(property.name)
      else {
        words.push(
          `${property.name}=${formatValue(showSecrets ? property.value : maskedValue(item.menu, property))}`,
        )
      }
    }
    return words.join(' ')
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
