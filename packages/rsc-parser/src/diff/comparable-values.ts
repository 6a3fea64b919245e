import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import type { Selector } from '../document/selector.js'
import { significantValue } from '../normalize/significant-properties.js'

/** Put before the source text of a value that is code, so that it never equals a value that is not. */
const codeMark = '\u{10fffe}'

/**
 * Comparable spellings by property name, without what says nothing: defaults, unset options, an empty comment, the
 * name a port has anyway.
 */
export function comparableValues(
  menu: MenuPath,
  properties: ReadonlyMap<string, PropertyValue>,
  selector: Selector | undefined,
  major: number,
): Map<string, string> {
  const values = new Map<string, string>()
  const item = { menu, properties, ...(selector === undefined ? {} : { selector }) }
  for (const property of properties.values()) {
    const value = significantValue(item, property, major)
    if (value === undefined) continue
    if (property.name === 'comment' && value === '') continue
    if (property.name === 'name' && isFactoryName(selector, value)) continue
    values.set(property.name, property.constant ? value : codeMark + value)
  }
  return values
}

function isFactoryName(selector: Selector | undefined, name: string): boolean {
  return (
    selector?.kind === 'find' &&
    selector.conditions.some((each) => each.name === 'default-name' && each.value === name)
  )
}
