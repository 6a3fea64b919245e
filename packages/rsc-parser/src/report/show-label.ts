import type { StateItem } from '../diff/state-item.js'
import { labelOf } from '../diff/state-item.js'
import { isSecret } from '../secrets/secret-names.js'
import { displayText } from '../text/bytes.js'
import { shorten } from './show-value.js'

/** The label of an item for people, in one line and without secrets. */
export function showLabel(item: StateItem, showSecrets: boolean): string {
  const needsMask = !showSecrets && [...item.properties.keys()].some((name) => isSecret(item.menu, name))
  if (!needsMask) return shorten(displayText(labelOf(item)), 100)
  const properties = new Map([...item.properties].filter(([name]) => !isSecret(item.menu, name)))
  return shorten(displayText(labelOf({ ...item, properties })), 100)
}
