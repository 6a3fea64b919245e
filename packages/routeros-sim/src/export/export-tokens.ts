import { type BuiltinHandle, type ConfigItem, FLAG, type StoredValue, UNSET } from '../state/config-item.js'
import type { ConfigMenu } from '../state/config-menu.js'
import { elidePrefixes } from './elide-prefixes.js'
import { printValue } from './quote-value.js'
import type { ExportToken } from './wrap-command.js'

/** The selector that an export writes after `set`. */
export function printHandle(handle: BuiltinHandle): string {
  switch (handle.kind) {
    case 'find':
      if (handle.property === '') return '[ find ]'
      return `[ find ${handle.property}=${printValue(handle.value)} ]`
    case 'name':
      return handle.name.startsWith('(') ? handle.name : printValue(handle.name)
    case 'number':
      return String(handle.number)
    case 'id':
      return handle.id
  }
}

/** Base64 keys end in `=`, so they are never bare. */
const ALWAYS_QUOTED: ReadonlySet<string> = new Set(['private-key', 'public-key', 'preshared-key'])

/** Menus of which the properties above are such keys. */
const WIREGUARD_MENU = /^\/(?:interface wireguard|ip cloud back-to-home)/

/** Which properties of an item are written. */
export interface TokenOptions {
  readonly verbose: boolean
  readonly showSensitive: boolean
}

/** The words of an item's export line after the verb; empty when there is nothing to say. */
export function exportTokens(menu: ConfigMenu, item: ConfigItem, options: TokenOptions): ExportToken[] {
  const values = new Map<string, StoredValue>()
  if (options.verbose) {
    for (const [name, value] of Object.entries(menu.facts?.defaults ?? {})) {
      if (!menu.completeInExport) values.set(name, value)
    }
    for (const [name, value] of item.base) if (!name.startsWith('.')) values.set(name, value)
  }
  for (const [name, value] of item.values) values.set(name, value)
  const names = [...values.keys()].sort()
  const properties: ExportToken[] = []
  for (const name of names) {
    if (!options.showSensitive && menu.facts?.sensitive.includes(name) === true) continue
    if (menu.path === '/user' && name === 'password') continue
    const value = values.get(name)
    if (value === undefined) continue
    if (value === FLAG) properties.push({ kind: 'word', text: name })
    else if (value === UNSET) properties.push({ kind: 'word', text: `!${name}` })
    else if (ALWAYS_QUOTED.has(name) && WIREGUARD_MENU.test(menu.path)) {
      properties.push({ kind: 'property', name, value, quoted: true })
    } else properties.push({ kind: 'property', name, value })
    // The exporter writes this flag of a ZeroTier instance twice; seen on 7.20 to 7.22.
    if (menu.path === '/zerotier' && name === 'disabled' && typeof value === 'string') {
      properties.push({ kind: 'property', name, value })
    }
  }
  const tokens = elidePrefixes(properties)
  if (item.handle === undefined) return tokens
  return tokens.length === 0 ? [] : [{ kind: 'word', text: printHandle(item.handle) }, ...tokens]
}
