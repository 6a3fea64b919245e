import type { MenuPath } from '../document/menu-path.js'
import { menuFacts } from '../facts/menu-table.js'

/** Defaults that hold by the meaning of the menu and are in no table. */
const impliedDefaults: Readonly<Record<MenuPath, Readonly<Record<string, string>>>> = {
  '/ip route': { 'dst-address': '0.0.0.0/0' },
  '/ipv6 route': { 'dst-address': '::/0' },
}

/** Defaults that hold in every menu that has the property, unless the table says otherwise. */
const commonDefaults: Readonly<Record<string, string>> = { disabled: 'no', log: 'no', comment: '' }

/**
 * The value a property has when an export does not state it, or `undefined` when nothing is known.
 *
 * `disabled` counts as `no` where the table is silent. Source: measured exports; v6 exports write `disabled=no`
 * for the menus whose new items start disabled, and those are in the table.
 *
 * @param major 6 or 7.
 */
export function defaultValue(menu: MenuPath, property: string, major: number): string | undefined {
  const defaults = menuFacts(menu, major)?.defaults
  if (defaults !== undefined && Object.hasOwn(defaults, property)) return defaults[property]
  const implied = Object.hasOwn(impliedDefaults, menu) ? impliedDefaults[menu]?.[property] : undefined
  if (implied !== undefined) return implied
  return Object.hasOwn(commonDefaults, property) ? commonDefaults[property] : undefined
}
