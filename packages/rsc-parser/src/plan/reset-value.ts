import { factoryName } from '../diff/match-documents.js'
import type { StateItem } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import type { PropertyValue } from '../document/property-value.js'
import { defaultValue } from '../normalize/default-value.js'

/** How to take a property back to the device's default. */
export interface ResetValue {
  readonly written: PropertyValue
  /** True when no table states the default and it was concluded. */
  readonly isAssumed: boolean
}

/** Defaults that the menu table lacks. Source: MikroTik manual, pages of these menus; v6 and v7. */
const customaryDefaults: Readonly<Record<MenuPath, Readonly<Record<string, string>>>> = {
  '/interface lte apn': { apn: 'internet' },
  '/interface wireless': { mode: 'station', ssid: 'MikroTik' },
  '/ip ipsec profile': { 'dpd-interval': '8s', 'dpd-maximum-failures': '4' },
  '/ip ipsec policy': { 'dst-address': '::/0', 'src-address': '::/0' },
  '/ip firewall connection tracking': { 'udp-timeout': '30s' },
  '/ip service': { address: '', 'available-from': '', certificate: 'none' },
  '/ip settings': { 'rp-filter': 'no' },
  '/ip ssh': { 'forwarding-enabled': 'no' },
  '/system clock': { 'time-zone-name': 'manual' },
  '/system identity': { name: 'MikroTik' },
  '/system ntp client': {
    'primary-ntp': '0.0.0.0',
    'secondary-ntp': '0.0.0.0',
    'server-dns-names': '',
    servers: '',
  },
  '/tool e-mail': { tls: 'no' },
  '/tool mac-server': { 'allowed-interface-list': 'all' },
  '/tool mac-server mac-winbox': { 'allowed-interface-list': 'all' },
}

/** Profiles of wireless settings, which state only what differs from the device's own choice. */
const wirelessProfiles = new Set(
  ['/caps-man', '/interface wifi', '/interface wifiwave2'].map((menu) => `${menu} configuration`),
)

/** Wireless interfaces, which take their settings from a profile and may override each. */
const wirelessInterfaces = new Set(['/caps-man interface', '/interface wifi', '/interface wifiwave2'])

const profileNames = /^(?:aaa|channel|configuration|datapath|interworking|rates|security|steering)(?:\.|$)/

/**
 * Whether a property states a choice that can be taken back to none. Source: MikroTik manual, WiFi and CAPsMAN, where
 * these are optional. Assumption: `!name` takes them back, as it does in the menus of their single profiles.
 */
function isWirelessChoice(menu: MenuPath, name: string): boolean {
  if (wirelessProfiles.has(menu)) return name !== 'name'
  return wirelessInterfaces.has(menu) && profileNames.test(name)
}

/** What is left when it is not this. Not the other way from `disabled`, which many a list of choices has. */
const otherValue: ReadonlyMap<string, string> = new Map([
  ['yes', 'no'],
  ['no', 'yes'],
  ['enabled', 'disabled'],
])

/**
 * The default of a property that the target leaves out, as an argument of `set`. Nothing when it is not known.
 *
 * A compact export writes a yes/no property only where it differs from the default, so a written `yes` tells that the
 * default is `no` and the other way round. A verbose one writes all of them, so nothing follows from it.
 *
 * @param major whose defaults count.
 * @param isVerbose the export that states `before` is a verbose one.
 */
export function resetValue(
  item: StateItem,
  name: string,
  before: PropertyValue | undefined,
  major: number,
  isVerbose: boolean,
): ResetValue | undefined {
  const factory = name === 'name' ? factoryName(item) : undefined
  const known = factory ?? defaultValue(item.menu, name, major, item.item.selector)
  if (known !== undefined) return { written: plain(name, known), isAssumed: false }
  if (name === 'comment') return { written: plain(name, ''), isAssumed: false }
  const customary = customaryDefault(item, name)
  if (customary !== undefined) return { written: plain(name, customary), isAssumed: true }
  if (item.facts?.unset.includes(name))
    return { written: { ...plain(name, ''), state: 'unset' }, isAssumed: false }
  if (isWirelessChoice(item.menu, name)) {
    return { written: { ...plain(name, ''), state: 'unset' }, isAssumed: true }
  }
  if (item.facts?.sensitive.includes(name)) return { written: plain(name, ''), isAssumed: true }
  if (isVerbose) return undefined
  if (before?.state === 'flag') return { written: plain(name, 'no'), isAssumed: true }
  const other = before?.state === 'set' ? otherValue.get(before.value) : undefined
  return other === undefined ? undefined : { written: plain(name, other), isAssumed: true }
}

function customaryDefault(item: StateItem, name: string): string | undefined {
  const defaults = Object.hasOwn(customaryDefaults, item.menu) ? customaryDefaults[item.menu] : undefined
  return defaults !== undefined && Object.hasOwn(defaults, name) ? defaults[name] : undefined
}

function plain(name: string, value: string): PropertyValue {
  const nowhere = { start: 0, end: 0 }
  return { name, state: 'set', value, constant: true, nameRange: nowhere, valueRange: nowhere }
}

/** A constant property that stands in no source. */
export const plainProperty = plain
