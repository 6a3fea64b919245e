import type { Item } from '../document/item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { isScriptProperty } from '../document/script-properties.js'
import type { MenuFacts } from '../facts/menu-facts.js'
import { isSecret } from '../secrets/secret-names.js'

/** An item as the device has it after the document: several `set` of one entry are one state item. */
export interface StateItem {
  readonly menu: MenuPath
  readonly facts: MenuFacts | undefined
  /** `singleton` and `builtin` entries are always there; `added` ones were added by someone. */
  readonly origin: 'singleton' | 'builtin' | 'added'
  /** The statement that states it; the last one when there are several. */
  readonly item: Item
  /** All properties that are stated, by full name. */
  readonly properties: ReadonlyMap<string, PropertyValue>
  /** Comparable values by name: canonical spelling, defaults and empty comments left out. */
  readonly values: ReadonlyMap<string, string>
  /** 0-based place among the state items of its menu. */
  readonly index: number
  /** Comparable text of the built-in or singleton identity; empty for added items. */
  readonly handle: string
  /** The name by which other items refer to it, when it has one. */
  readonly name: string | undefined
  /** The statement as written; absent when several statements make the item, or none of a source does. */
  readonly sourceText: string | undefined
}

/**
 * A short text that tells the item from its neighbours: its name, its key, or its first telling properties. Holds no
 * secret.
 */
export function labelOf(item: StateItem): string {
  if (item.origin === 'singleton') return ''
  if (item.name !== undefined) return item.name
  const { selector } = item.item
  if (selector?.kind === 'numbers') return selector.numbers.join(',')
  if (selector?.kind === 'id') return selector.id
  if (selector?.kind === 'other') return selector.text
  if (selector?.kind === 'find')
    return selector.conditions.map((each) => `${each.name}=${each.value}`).join(' ')
  for (const key of item.facts?.keys ?? []) {
    const parts = key.map((name) => item.properties.get(name)?.value)
    if (parts.length > 0 && parts.every((part) => part !== undefined && part !== ''))
      return parts.join(key[key.length - 1] === 'interface' ? ' on ' : ' ')
  }
  const comment = item.properties.get('comment')?.value
  const telling = [...item.properties.values()]
    .filter(({ name, state }) => name !== 'comment' && state === 'set')
    .filter(({ name }) => !isSecret(item.menu, name) && !isScriptProperty(name, item.facts))
    .slice(0, 4)
    .map(
      (property) =>
        `${property.name}=${property.value.length > 40 ? `${property.value.slice(0, 37)}...` : property.value}`,
    )
    .join(' ')
  return comment ? `${telling} (${comment})` : telling
}
