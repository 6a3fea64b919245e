import type { MenuPath } from '../document/menu-path.js'

/** Defaults that hold by the meaning of the menu and are in no table. */
const impliedDefaults: Readonly<Record<MenuPath, Readonly<Record<string, string>>>> = {
  '/interface bridge filter': { action: 'accept' },
  '/interface bridge nat': { action: 'accept' },
  '/ip dns static': { type: 'A' },
  '/ip firewall filter': { action: 'accept' },
  '/ip firewall mangle': { action: 'accept' },
  '/ip firewall nat': { action: 'accept' },
  '/ip firewall raw': { action: 'accept' },
  '/ipv6 firewall filter': { action: 'accept' },
  '/ipv6 firewall mangle': { action: 'accept' },
  '/ipv6 firewall nat': { action: 'accept' },
  '/ipv6 firewall raw': { action: 'accept' },
  '/ip route': { distance: '1', 'dst-address': '0.0.0.0/0', scope: '30', 'target-scope': '10' },
  '/ipv6 route': { distance: '1', 'dst-address': '::/0' },
}

/**
 * Menus whose new or untouched items are off, by major version: a compact export writes `disabled=no` for those that are
 * on and nothing for the others. Source: measured exports of 6.19 to 7.22, where these state `disabled=no` and never
 * `disabled=yes`; MikroTik manual, pages of PPP clients, DHCP, hotspot and wireless.
 */
const startsDisabled: ReadonlyMap<MenuPath, readonly number[]> = new Map([
  ['/caps-man interface', [6, 7]],
  ['/interface l2tp-client', [6, 7]],
  ['/interface ovpn-client', [6, 7]],
  ['/interface ppp-client', [6, 7]],
  ['/interface pppoe-client', [6, 7]],
  ['/interface pppoe-server server', [6, 7]],
  ['/interface pptp-client', [6, 7]],
  ['/interface sstp-client', [6, 7]],
  ['/interface w60g', [6, 7]],
  ['/interface wifi', [7]],
  ['/interface wifiwave2', [7]],
  ['/interface wireless', [6, 7]],
  ['/ip dhcp-client', [6]],
  ['/ip dhcp-relay', [6, 7]],
  ['/ip dhcp-server', [6]],
  ['/ip hotspot', [6, 7]],
  ['/openflow', [6, 7]],
  ['/system resource irq rps', [6, 7]],
  ['/zerotier', [7]],
])

/**
 * Properties whose default in the table contradicts measured compact exports: these state just that value, which they
 * would leave out if it were the default of their version. Better nothing is known than something wrong.
 */
const contradicted: ReadonlyMap<string, readonly number[]> = new Map([
  ['/interface wireless frequency-mode', [6]],
  ['/interface wireless mode', [6, 7]],
  ['/interface wireless station-roaming', [6, 7]],
  ['/ip dhcp-server lease-time', [7]],
  ['/ip firewall connection tracking udp-timeout', [7]],
  ['/ip hotspot profile html-directory', [6, 7]],
  ['/ip ipsec profile dpd-interval', [7]],
  ['/ip ipsec profile dpd-maximum-failures', [7]],
  ['/ip settings max-neighbor-entries', [6, 7]],
  ['/queue tree queue', [6, 7]],
  ['/snmp community addresses', [6]],
  ['/system logging action remote', [7]],
])

const service = (port: string) => ({ port })

/**
 * Entries every device has, by how an export addresses them, where they start otherwise than a new item of their menu.
 * Source: MikroTik manual, pages Services, NAT helpers, Log, PPP profiles; seen on 6.x and 7.x.
 */
const entryDefaults: Readonly<Record<MenuPath, Readonly<Record<string, Readonly<Record<string, string>>>>>> =
  {
    '/ip firewall service-port': {
      ftp: { ports: '21' },
      irc: { ports: '6667' },
      sip: { ports: '5060,5061', 'sip-direct-media': 'yes', 'sip-timeout': '1h' },
      tftp: { ports: '69' },
    },
    '/ip service': {
      api: service('8728'),
      'api-ssl': service('8729'),
      ftp: service('21'),
      ssh: service('22'),
      telnet: service('23'),
      winbox: service('8291'),
      www: service('80'),
      'www-ssl': { ...service('443'), disabled: 'yes' },
    },
    '/ppp profile': {
      '*FFFFFFFE': { 'use-encryption': 'yes' },
      'default-encryption': { 'use-encryption': 'yes' },
    },
    '/system logging': {
      0: { topics: 'info' },
      1: { topics: 'error' },
      2: { topics: 'warning' },
      3: { action: 'echo', topics: 'critical' },
    },
  }

/** What one entry that every device has starts with, where that is its own. `entry`: its name, number or internal id. */
export function entryDefault(menu: MenuPath, entry: string, property: string): string | undefined {
  const entries = Object.hasOwn(entryDefaults, menu) ? entryDefaults[menu] : undefined
  const defaults = entries !== undefined && Object.hasOwn(entries, entry) ? entries[entry] : undefined
  return defaults !== undefined && Object.hasOwn(defaults, property) ? defaults[property] : undefined
}

/** The defaults of the table for one menu and major version, corrected by what exports show. */
export function correctDefaults(
  menu: MenuPath,
  major: number,
  table: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const version = major < 7 ? 6 : 7
  const defaults: Record<string, string> = { ...impliedDefaults[menu], ...table }
  if (startsDisabled.get(menu)?.includes(version)) defaults.disabled = 'yes'
  for (const property of Object.keys(table)) {
    if (contradicted.get(`${menu} ${property}`)?.includes(version)) delete defaults[property]
  }
  return defaults
}
