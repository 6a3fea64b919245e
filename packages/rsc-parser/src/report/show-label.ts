import type { StateItem } from '../diff/state-item.js'
import { labelOf } from '../diff/state-item.js'
import { displayText } from '../text/bytes.js'
import { printable } from '../text/printable.js'
import { shorten } from './show-value.js'

/** The label of an item for people, in one line and without secrets. */
export function showLabel(item: StateItem): string {
  return shorten(printable(displayText(labelOf(item))), 100)
}
