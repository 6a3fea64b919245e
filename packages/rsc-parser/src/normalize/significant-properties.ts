import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { Selector } from '../document/selector.js'
import { canonicalValue } from './canonical-value.js'
import { defaultValue } from './default-value.js'

/** Canonical value of a property that is unset although it has a default: no byte string has this character. */
export const unsetMark = '\u{10ffff}'

/** Arguments of `add` and `set` that say where or from what, and are no properties of the item. */
export const commandArguments: ReadonlySet<string> = new Set(['place-before', 'copy-from', 'numbers'])

/** What is compared of an item: where it stands, which entry it is, and what the source states. */
export interface ComparableItem {
  readonly menu: MenuPath
  readonly selector?: Selector
  readonly properties: ReadonlyMap<string, PropertyValue>
}

/**
 * The properties of an item as they compare: canonical values, without those that equal the default, without
 * those that are unset anyway, and without what follows from other properties. A compact and a verbose export of
 * one router give the same. Order is that of the source.
 *
 * @param major 6 or 7: whose defaults count.
 */
export function significantProperties(item: ComparableItem, major: number): Map<string, string> {
  const significant = new Map<string, string>()
  for (const property of item.properties.values()) {
    const value = significantValue(item, property, major)
    if (value !== undefined) significant.set(property.name, value)
  }
  return significant
}

/** The canonical value of one stated property, or `undefined` when it says no more than leaving it out would. */
export function significantValue(
  item: ComparableItem,
  property: PropertyValue,
  major: number,
): string | undefined {
  const { menu } = item
  const { name, state } = property
  if (commandArguments.has(name)) return undefined
  const fallback = defaultValue(menu, name, major, item.selector)
  if (state === 'unset') return fallback === undefined || fallback === '' ? undefined : unsetMark
  // A flag such as `blackhole` is there or not; written out it is `yes`.
  const value = state === 'flag' ? 'yes' : canonicalValue(menu, name, property.value)
  if (fallback !== undefined && (value === fallback || value === canonicalValue(menu, name, fallback))) {
    return undefined
  }
  // No entry goes without topics: this is the default of the menu, written out for one that has its own.
  if (menu === '/system logging' && name === 'topics' && value === '') return undefined
  if (menu === '/ip address' && name === 'network' && value === networkOf(item)) return undefined
  return value
}

/** The network address that RouterOS derives from `address=10.0.0.1/24`. */
function networkOf(item: ComparableItem): string | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(?:\/(\d+))?$/.exec(item.properties.get('address')?.value ?? '')
  if (match === null) return undefined
  const bits = match[5] === undefined ? 32 : Number(match[5])
  const address = match.slice(1, 5).reduce((sum, byte) => sum * 256 + Number(byte), 0)
  const size = 2 ** (32 - Math.min(bits, 32))
  const network = Math.floor(address / size) * size
  return [24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256).join('.')
}
