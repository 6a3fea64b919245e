import type { Change } from '../diff/change.js'
import type { StateItem } from '../diff/state-item.js'

/** What a change does to a property: value before and after, with the defaults of an absent side. */
export function turned(
  change: Change,
  property: string,
  absent = '',
): readonly [before: string, after: string] | undefined {
  if (change.kind !== 'modified') return undefined
  const found = change.properties.find((each) => each.name === property)
  return found === undefined ? undefined : [found.before?.value ?? absent, found.after?.value ?? absent]
}

/** The stated value of a property; empty when it is not stated. */
export function textOf(item: StateItem, property: string): string {
  const found = item.properties.get(property)
  return found?.state === 'set' ? found.value : ''
}

/** False for an item that is switched off. */
export function isOn(item: StateItem): boolean {
  return textOf(item, 'disabled') !== 'yes'
}
