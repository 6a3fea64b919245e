import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'

/**
 * The policies of a user group as they must be written to take some away: newer v7 versions add what is named and
 * keep the rest unless `!name` says otherwise. Source: measured on 7.20.8 and 7.24; older versions accept it.
 */
export function cumulativePolicy(
  menu: MenuPath,
  after: PropertyValue,
  before: PropertyValue | undefined,
): PropertyValue {
  if (menu !== '/user group' || after.name !== 'policy' || before === undefined) return after
  const granted = names(after).filter((name) => !name.startsWith('!'))
  const denied = new Set(names(after).filter((name) => name.startsWith('!')))
  for (const name of names(before)) {
    if (!name.startsWith('!') && !granted.includes(name)) denied.add(`!${name}`)
  }
  return { ...after, value: [...granted, ...denied].join(',') }
}

function names(property: PropertyValue): string[] {
  return property.value.split(',').filter((name) => name !== '')
}
