import { parseDuration } from '../language/durations.js'
import { bool, num, type ScriptValue, str } from '../language/script-value.js'
import { type ConfigItem, FLAG, shownId, UNSET } from '../state/config-item.js'
import type { ConfigMenu } from '../state/config-menu.js'
import { itemName } from '../state/item-name.js'
import { switchesOff } from '../state/switch-defaults.js'

/** An item as `print`, `get` and `find` see it, whether it is configuration or live state. */
export interface ItemRecord {
  readonly id: string
  /** Properties in the order in which they are shown; without `.id`. */
  readonly properties: ReadonlyMap<string, string>
  /** The configuration behind it; absent for live state. */
  readonly item?: ConfigItem
}

/** The length of an address that exports leave out and everything else shows. */
const USUAL_LENGTH: Readonly<Record<string, string>> = { '/ip address': '/32', '/ipv6 address': '/64' }

/** Makes the record of a configured item. `computed` are values that the router adds by itself. */
export function recordOf(
  menu: ConfigMenu,
  item: ConfigItem,
  computed: Readonly<Record<string, string>> = {},
): ItemRecord {
  const properties = new Map<string, string>()
  const name = itemName(menu, item)
  if (name !== undefined) properties.set('name', name)
  for (const property of switchesOff(menu.path)) properties.set(property, 'no')
  for (const [property, value] of Object.entries(menu.facts?.defaults ?? {})) properties.set(property, value)
  for (const source of [item.base, item.values]) {
    for (const [property, value] of source) {
      if (
        (property.startsWith('.') && property !== '.name' && property !== '.default-name') ||
        (menu.path === '/user' && property === 'password')
      )
        continue
      const shown = property.startsWith('.') ? property.slice(1) : property
      if (value === UNSET) properties.delete(shown)
      else properties.set(shown, value === FLAG ? 'yes' : value)
    }
  }
  const address = properties.get('address')
  const length = USUAL_LENGTH[menu.path]
  if (address !== undefined && length !== undefined && !address.includes('/')) {
    properties.set('address', address + length)
  }
  for (const [property, value] of Object.entries(computed)) properties.set(property, value)
  if (menu.kind === 'list') {
    if (!properties.has('disabled')) properties.set('disabled', 'no')
    properties.set('dynamic', item.dynamic ? 'yes' : 'no')
    if (item.fixed && menu.facts?.builtin === 'mixed') properties.set('.builtin', 'yes')
    if (item.handle?.kind === 'find' && item.handle.property === 'default') properties.set('default', 'yes')
  }
  return { id: shownId(item), properties, item }
}

/** Properties that stay text whatever they look like. */
const TEXT_PROPERTIES: ReadonlySet<string> = new Set([
  'name',
  'comment',
  'source',
  'contents',
  'on-event',
  'list',
  'chain',
  'password',
  'ssid',
  'version',
  'message',
  'default-name',
  'owner',
  'software-id',
  'serial-number',
])

/** The typed value of a property, as `get` returns it. */
export function propertyValue(property: string, text: string): ScriptValue {
  if (TEXT_PROPERTIES.has(property)) return str(text)
  if (text === 'yes' || text === 'true') return bool(true)
  if (text === 'no' || text === 'false') return bool(false)
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(text)) return num(Number(text))
  if (property !== 'start-time' || /^\d+:/.test(text)) {
    const ms = parseDuration(text)
    if (ms !== undefined) return { type: 'time', ms }
  }
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(text)) return { type: 'ip', text }
  if (/^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text)) return { type: 'ip-prefix', text }
  return str(text)
}
