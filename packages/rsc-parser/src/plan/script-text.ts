import type { PropertyValue } from '../document/property-value.js'

const bareValue = /^[A-Za-z0-9._:/,@!%*+<>-]+$/

/** A byte string as it must stand after `name=`: bare where RouterOS writes it bare, else quoted and escaped. */
export function scriptValue(value: string): string {
  return bareValue.test(value) ? value : scriptString(value)
}

/** A byte string in quotes, with the escapes that every RouterOS version reads. Characters are bytes, 0-255. */
export function scriptString(value: string): string {
  let text = '"'
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    const short = escapes.get(code)
    if (short !== undefined) text += short
    else if (code < 0x20 || code > 0x7e) text += `\\${code.toString(16).toUpperCase().padStart(2, '0')}`
    else text += value[index]
  }
  return `${text}"`
}

const escapes = new Map([
  [0x22, '\\"'],
  [0x5c, '\\\\'],
  [0x24, '\\$'],
  [0x3f, '\\?'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
])

/** One argument of `add` or `set`. */
export function scriptArgument(property: PropertyValue): string {
  if (property.state === 'unset') return `!${property.name}`
  if (property.state === 'flag') return property.name
  return `${property.name}=${scriptValue(property.value)}`
}
