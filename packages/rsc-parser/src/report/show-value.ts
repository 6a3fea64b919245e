import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { maskedValue } from '../secrets/masked-value.js'
import { displayText } from '../text/bytes.js'

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
  return shorten(displayText(value), view.maxLength)
}

/** Text on one line, cut in the middle when it is long. */
export function shorten(text: string, maxLength: number): string {
  const line = text.replace(/[\u0000-\u001f\u007f]/g, (character) => {
    const code = character.charCodeAt(0)
    return { 9: '\\t', 10: '\\n', 13: '\\r' }[code] ?? `\\${code.toString(16).toUpperCase().padStart(2, '0')}`
  })
  if (maxLength <= 0 || line.length <= maxLength) return line
  const half = Math.floor((maxLength - 5) / 2)
  return `${line.slice(0, half)} ... ${line.slice(line.length - half)}`
}
