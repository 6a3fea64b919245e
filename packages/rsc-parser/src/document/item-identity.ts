import { type MenuFacts, naturalKeys } from '../facts/menu-facts.js'
import { canonicalValue } from '../normalize/canonical-value.js'
import { defaultValue } from '../normalize/default-value.js'
import { type ComparableItem, significantProperties } from '../normalize/significant-properties.js'
import type { ItemIdentity } from './item.js'
import type { Selector } from './selector.js'

/** What an identity is worked out from. */
export interface IdentifiableItem extends ComparableItem {
  readonly verb: 'add' | 'set'
}

/**
 * How an item is found again in another document. A selector comes first, then the natural key, then the content.
 *
 * @param singleton the menu has one item.
 * @param major 6 or 7, for defaults that take part in a key.
 */
export function itemIdentity(
  item: IdentifiableItem,
  facts: MenuFacts | undefined,
  singleton: boolean,
  major: number,
): ItemIdentity {
  if (item.verb === 'set') {
    if (item.selector !== undefined) return selectorIdentity(item, item.selector, facts)
    if (singleton) return { kind: 'singleton', properties: [], text: '' }
  }
  const key = naturalKey(item, facts, major)
  if (key !== undefined) return key
  const content = [...significantProperties(item, major)].map(([name, value]) => `${name}=${value}`).sort()
  return { kind: 'content', properties: [], text: content.join('\0') }
}

function selectorIdentity(
  item: IdentifiableItem,
  selector: Selector,
  facts: MenuFacts | undefined,
): ItemIdentity {
  switch (selector.kind) {
    case 'name':
      return named(facts, 'name', selector.name)
    case 'find': {
      const [only, more] = selector.conditions
      if (only?.name === 'name' && more === undefined) return named(facts, 'name', only.value)
      const properties = selector.conditions.map((condition) => condition.name)
      const text = selector.conditions
        .map(({ name, value }) => `${name}=${canonicalValue(item.menu, name, value)}`)
        .sort()
        .join('\0')
      return { kind: 'builtin', properties, text }
    }
    case 'id':
      return { kind: 'builtin', properties: ['.id'], text: selector.id }
    case 'numbers':
      return { kind: 'position', properties: [], text: selector.numbers.join(',') }
    case 'other':
      return { kind: 'builtin', properties: [], text: selector.text }
  }
}

/** `set NAME` and `add name=NAME` mean the same item, whichever way an export addresses it. */
function named(facts: MenuFacts | undefined, property: string, value: string): ItemIdentity {
  const isKey = facts?.keys.some((tuple) => tuple.length === 1 && tuple[0] === property) ?? false
  return { kind: isKey ? 'key' : 'builtin', properties: [property], text: `${property}=${value}` }
}

function naturalKey(
  item: IdentifiableItem,
  facts: MenuFacts | undefined,
  major: number,
): ItemIdentity | undefined {
  const complete = naturalKeys(facts).filter((tuple) =>
    tuple.every((name) => keyValue(item, name, major) !== undefined),
  )
  const [first] = complete
  if (first === undefined) return undefined
  // `routing-table` has a default, `routing-mark` of the same rank has none: what is stated wins.
  const stated = complete.find(
    (tuple) => tuple.length === first.length && tuple.every((name) => isStated(item, name)),
  )
  const properties = stated ?? first
  const text = properties.map((name) => `${name}=${keyValue(item, name, major) ?? ''}`).join('\0')
  return { kind: 'key', properties, text }
}

function isStated(item: IdentifiableItem, name: string): boolean {
  return item.properties.get(name)?.state === 'set'
}

function keyValue(item: IdentifiableItem, name: string, major: number): string | undefined {
  const property = item.properties.get(name)
  if (property === undefined) {
    const value = defaultValue(item.menu, name, major)
    return value === undefined ? undefined : canonicalValue(item.menu, name, value)
  }
  return property.state === 'set' ? canonicalValue(item.menu, name, property.value) : undefined
}
