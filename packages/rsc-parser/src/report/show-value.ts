import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { maskedValue } from '../secrets/masked-value.js'
import { displayText } from '../text/bytes.js'
import { printable } from '../text/printable.js'

/** How values appear in reports. */
export interface ValueView {
  /** Write secrets as they are. */
  readonly showSecrets: boolean
  /** Values longer than this are cut in the middle; 0 = never. */
  readonly maxLength: number
}

/** A property's value for people, a secret masked. Nothing when there is no value to show. */
export function showValue(
  menu: MenuPath,
  property: PropertyValue | undefined,
  view: ValueView,
): string | undefined {
  if (property === undefined) return undefined
  if (property.state === 'unset') return '(unset)'
  if (property.state === 'flag') return '(present)'
  const value = view.showSecrets ? property.value : maskedValue(menu, property)
  return shorten(printable(displayText(value)), view.maxLength)
}

/** Text cut in the middle when it is long. */
export function shorten(text: string, maxLength: number): string {
  if (maxLength <= 0 || text.length <= maxLength) return text
  const half = Math.floor((maxLength - 5) / 2)
  return `${text.slice(0, half)} ... ${text.slice(text.length - half)}`
}
