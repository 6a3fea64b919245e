import { buildDocument } from '../document/build-document.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { isScriptProperty } from '../document/script-properties.js'
import { menuFacts } from '../facts/menu-table.js'
import { parseBytes } from '../syntax/parser.js'
import { byteStringToBytes } from '../text/bytes.js'
import { redact, secretMask } from './redact.js'
import { isSecret } from './secret-names.js'
import { secretRangesIn } from './secret-text.js'

/** The value of a property without secrets: masked when it is one, else with those masked that a script holds. */
export function maskedValue(menu: MenuPath, property: PropertyValue): string {
  const { name, value } = property
  if (value === '') return value
  if (isSecret(menu, name)) return secretMask
  if (!isScriptProperty(name, menuFacts(menu)) || !/[\s:/$[{;]/.test(value)) return maskText(value)
  return redact(buildDocument(parseBytes(byteStringToBytes(value)))).text
}

/** Text that is no code, with the secrets in it masked. */
function maskText(text: string): string {
  let masked = text
  for (const { start, end } of [...secretRangesIn(text)].sort((a, b) => b.start - a.start))
    masked = masked.slice(0, start) + secretMask + masked.slice(end)
  return masked
}
