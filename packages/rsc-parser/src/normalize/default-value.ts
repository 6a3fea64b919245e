import type { MenuPath } from '../document/menu-path.js'
import type { Selector } from '../document/selector.js'
import { entryDefault } from '../facts/measured-defaults.js'
import { menuFacts } from '../facts/menu-table.js'

/** Defaults that hold in every menu that has the property, unless the table says otherwise. */
const commonDefaults: Readonly<Record<string, string>> = { disabled: 'no', log: 'no', comment: '' }

/**
 * The value a property has when an export does not state it, or `undefined` when nothing is known.
 *
 * `disabled` counts as `no` where the table is silent.
 *
 * @param major 6 or 7.
 * @param selector of an entry that the device has by itself: some start with values of their own.
 */
export function defaultValue(
  menu: MenuPath,
  property: string,
  major: number,
  selector?: Selector,
): string | undefined {
  const own = selector === undefined ? undefined : entryDefault(menu, entryOf(selector), property)
  if (own !== undefined) return own
  const defaults = menuFacts(menu, major)?.defaults
  if (defaults !== undefined && Object.hasOwn(defaults, property)) return defaults[property]
  return Object.hasOwn(commonDefaults, property) ? commonDefaults[property] : undefined
}

/** The name, number or id by which a selector asks for one entry; empty for any other. */
function entryOf(selector: Selector): string {
  if (selector.kind === 'name') return selector.name
  if (selector.kind === 'id') return selector.id
  if (selector.kind === 'numbers') return selector.numbers.join(',')
  if (selector.kind !== 'find' || selector.conditions.length !== 1) return ''
  const [condition] = selector.conditions
  return condition?.name === 'name' ? condition.value : ''
}
