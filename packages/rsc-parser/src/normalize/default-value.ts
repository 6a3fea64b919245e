import type { MenuPath } from '../document/menu-path.js'
import { menuFacts } from '../facts/menu-table.js'

/** Defaults that hold in every menu that has the property, unless the table says otherwise. */
const commonDefaults: Readonly<Record<string, string>> = { disabled: 'no', log: 'no', comment: '' }

/**
 * The value a property has when an export does not state it, or `undefined` when nothing is known.
 *
 * `disabled` counts as `no` where the table is silent.
 *
 * @param major 6 or 7.
 */
export function defaultValue(menu: MenuPath, property: string, major: number): string | undefined {
  const defaults = menuFacts(menu, major)?.defaults
  if (defaults !== undefined && Object.hasOwn(defaults, property)) return defaults[property]
  return Object.hasOwn(commonDefaults, property) ? commonDefaults[property] : undefined
}
