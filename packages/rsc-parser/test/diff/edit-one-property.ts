import type { PropertyValue, RscDocument } from '../../src/index.js'
import { deviceState } from '../../src/index.js'
import { quoteString } from '../../src/text/quote.js'
import type { Random } from '../plan/random-config.js'

/** A source in which one property has another value. */
export interface OneEdit {
  readonly menu: string
  readonly property: string
  readonly text: string
}

/** Properties with a value that counts: a `set` that a later one overrides does not. */
export function editableProperties(
  document: RscDocument,
): readonly (readonly [menu: string, PropertyValue])[] {
  return [...deviceState(document).menus.values()].flatMap((menu) =>
    menu.items.flatMap((item) =>
      [...item.properties.values()]
        .filter(({ state, valueRange }) => state === 'set' && valueRange.end > valueRange.start)
        .map((property) => [menu.path, property] as const),
    ),
  )
}

/** Gives one property, picked at random, a value that means something else. */
export function editOneProperty(
  document: RscDocument,
  properties: readonly (readonly [menu: string, PropertyValue])[],
  random: Random,
): OneEdit {
  const [menu, { name, value, valueRange }] = random.pick(properties)
  const { source } = document.source
  const text =
    source.slice(0, valueRange.start) + quoteString(otherValue(name, value)) + source.slice(valueRange.end)
  return { menu, property: name, text }
}

function otherValue(name: string, value: string): string {
  if (name === 'policy') return `${value},another`
  if (/^\d{1,9}$/.test(value)) return String(Number(value) + 1)
  if (value === 'yes') return 'no'
  if (value === 'no') return 'yes'
  return `${value}z9`
}
