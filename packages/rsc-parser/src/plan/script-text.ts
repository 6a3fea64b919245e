import type { PropertyValue } from '../document/property-value.js'
import { quoteString } from '../text/quote.js'

const bareValue = /^[A-Za-z0-9._:/,@!%*+<>-]+$/

/** A byte string as it must stand after `name=`: bare where no version can misread it, else quoted and escaped. */
function scriptValue(value: string): string {
  return bareValue.test(value) ? value : quoteString(value)
}

/** One argument of `add` or `set`. */
export function scriptArgument(property: PropertyValue): string {
  if (property.state === 'unset') return `!${property.name}`
  if (property.state === 'flag') return property.name
  return `${property.name}=${scriptValue(property.value)}`
}
