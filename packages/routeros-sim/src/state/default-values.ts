import type { MenuFacts } from '@tod/rsc-parser'

/** Menus whose new items are disabled unless told otherwise. Measured on exports, which then print `disabled=no`. */
const DISABLED_AT_FIRST = [
  '/caps-man interface',
  '/caps-man manager interface',
  '/interface l2tp-client',
  '/interface ovpn-client',
  '/interface ppp-client',
  '/interface pppoe-client',
  '/interface pppoe-server server',
  '/interface pptp-client',
  '/interface sstp-client',
  '/interface wireless',
  '/ip dhcp-relay',
  '/ip hotspot',
  '/ip socksify',
  '/openflow',
  '/tool romon port',
  '/zerotier',
  '/zerotier interface',
]

const DISABLED_6: ReadonlySet<string> = new Set([...DISABLED_AT_FIRST, '/ip dhcp-client', '/ip dhcp-server'])
const DISABLED_7: ReadonlySet<string> = new Set(DISABLED_AT_FIRST)

/** Menus that print `disabled=` in either sense whenever it was given. */
function printsDisabled(path: string, major: number): boolean {
  if (path === '/caps-man access-list') return true
  if (major < 7) return false
  if (path.startsWith('/interface wifi ') || path.startsWith('/interface wifiwave2 ')) return true
  return (
    path.startsWith('/routing ') ||
    path === '/ip route' ||
    path === '/ipv6 route' ||
    path === '/tool netwatch'
  )
}

/**
 * Defaults that the fact tables lack (source: command reference), or take from a router whose start configuration set
 * them: no compact export of 131 wireless interfaces prints `mode=station`, 70 print `mode=ap-bridge`.
 */
const OWN_DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/interface wireless': { mode: 'station' },
  '/tool e-mail': { tls: 'no', 'start-tls': 'no' },
  '/system clock': { 'time-zone-autodetect': 'yes' },
}

/** Values that compact exports print although the tables call them defaults. Measured on public exports. */
const PRINTED_DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  '/disk': ['disabled'],
  '/interface bridge filter': ['action'],
  '/interface bridge nat': ['action'],
  '/interface ppp-client': ['apn'],
  '/interface veth': ['gateway6'],
  '/interface vxlan': ['mtu', 'name'],
  '/interface wifi': ['disabled'],
  '/interface wifi cap': ['discovery-interfaces'],
  '/interface wifiwave2': ['disabled', 'l2mtu'],
  '/interface wireguard': ['mtu'],
  '/interface wireless': ['station-roaming'],
  '/interface wireless security-profiles': ['supplicant-identity'],
  '/ip cloud': ['update-time'],
  '/ip dhcp-client': ['dhcp-options'],
  '/ip firewall connection tracking': ['udp-timeout'],
  '/ip dns static': ['type'],
  '/ip firewall filter': ['action'],
  '/ip firewall mangle': ['action', 'passthrough'],
  '/ip firewall nat': ['action'],
  '/ip firewall raw': ['action'],
  '/ip hotspot profile': ['html-directory'],
  '/ip ipsec profile': ['dpd-interval', 'dpd-maximum-failures'],
  '/ip route': ['distance'],
  '/ip settings': ['max-neighbor-entries'],
  '/ipv6 firewall filter': ['action'],
  '/ipv6 firewall mangle': ['action'],
  '/ipv6 firewall nat': ['action'],
  '/ipv6 firewall raw': ['action'],
  '/ipv6 nd': ['advertise-dns'],
  '/ipv6 route': ['distance'],
  '/openflow port': ['disabled'],
  '/ppp profile': ['change-tcp-mss'],
  '/queue tree': ['queue'],
  '/snmp community': ['addresses'],
  '/system logging action': ['remember', 'src-address', 'remote', 'disk-file-name'],
  '/system resource irq rps': ['disabled'],
  '/system routerboard settings': ['boot-os'],
  '/system scheduler': ['policy'],
  '/system script': ['policy'],
  '/tool netwatch': ['type'],
}

/** What v7 prints of routes whenever it was given. */
const PRINTED_OF_ROUTES = [
  'dst-address',
  'pref-src',
  'routing-table',
  'scope',
  'suppress-hw-offload',
  'target-scope',
]

/** True when exports print a property whatever its value. */
export function isAlwaysPrinted(path: string, major: number, property: string): boolean {
  if (major >= 7 && (path === '/ip route' || path === '/ipv6 route') && PRINTED_OF_ROUTES.includes(property))
    return true
  return PRINTED_DEFAULTS[path]?.includes(property) ?? false
}

/** The value a property has when nobody gave it one; undefined when that is not known, or there is none. */
export function defaultValue(
  path: string,
  major: number,
  facts: MenuFacts | undefined,
  property: string,
): string | undefined {
  if (property === 'comment') return ''
  if (property !== 'disabled') return OWN_DEFAULTS[path]?.[property] ?? facts?.defaults[property]
  if (printsDisabled(path, major)) return undefined
  if ((major < 7 ? DISABLED_6 : DISABLED_7).has(path)) return 'yes'
  return facts?.kind === 'singleton' ? facts.defaults.disabled : 'no'
}
