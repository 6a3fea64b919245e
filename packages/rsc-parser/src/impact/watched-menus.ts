import { type DeviceView, isEnabled, propertyOf, type ViewItem } from './device-view.js'
import { type IpRange, parseIpRange, rangesOverlap } from './ip-range.js'
import { isOnTheWay, type PathUse } from './path-use.js'
import { mayCarry } from './tunnel-flows.js'

/** A menu that is compared as a whole. */
export interface WatchedMenu {
  readonly menu: RegExp
  readonly what: string
  /** Items that can matter; all when absent. */
  readonly counts?: (item: ViewItem, use: PathUse) => boolean
  readonly matters?: (use: PathUse, from: DeviceView, to: DeviceView) => boolean
  /** Properties that never cut a connection. */
  readonly harmless?: readonly string[]
  /** What the device has where nothing is stated and the fact tables do not know. */
  readonly resting?: Readonly<Record<string, string>>
}

/** Menus that can cut a management path in ways that the analysis does not follow. First match wins. */
export const watchedMenus: readonly WatchedMenu[] = [
  {
    menu: /^\/interface bridge (filter|nat|msti|settings|mlag|calea)$/,
    what: 'bridge rules and settings',
    // What one port sends to another does not pass the bridge itself.
    counts: (item) => propertyOf(item, 'chain') !== 'forward',
    matters: (use) => use.mayBeBridged,
    harmless: ['allow-fast-path'],
    resting: { 'use-ip-firewall': 'no', 'use-ip-firewall-for-vlan': 'no', 'use-ip-firewall-for-pppoe': 'no' },
  },
  {
    menu: /^\/interface ethernet switch/,
    what: 'switch chip settings',
    harmless: ['name', 'mirror-source', 'mirror-target', 'mirror-egress-target', 'mirror'],
  },
  {
    menu: /^\/interface (wireless|wifi|wifiwave2|w60g)( |$)|^\/caps-man/,
    what: 'radio settings',
    matters: (use) => use.mayBeRadio,
  },
  {
    menu: /^\/interface (l2tp|pptp|sstp|ovpn|pppoe)-server( |$)|^\/ppp (?!profile$)/,
    what: 'dialled links',
    matters: (use) => use.mayBeDialledIn,
  },
  {
    menu: /^\/ppp profile$/,
    what: 'dialled links',
    counts: (item, use) => use.mayBeDialledIn || use.profiles.has(item.name ?? ''),
  },
  {
    menu: /^\/interface ([a-z0-9-]*-client|lte)( |$)/,
    what: 'dialled links',
    counts: isOnTheWay,
    harmless: ['use-peer-dns', 'add-default-route', 'default-route-distance'],
  },
  {
    menu: /^\/interface wireguard peers$/,
    what: 'WireGuard peers',
    counts: (item, use) => isOnTheWay(item, use) && mayCarry(item, use),
    harmless: [
      'name',
      'client-address',
      'client-dns',
      'client-endpoint',
      'client-keepalive',
      'client-listen-port',
    ],
  },
  { menu: /^\/interface vrrp$/, what: 'VRRP', counts: (item, use) => use.interfaces.has(item.name ?? '') },
  {
    menu: /^\/interface (gre6?|ipip6?|ipipv6|eoip|eoipv6|6to4|vxlan|wireguard|macsec|veth|macvlan|mesh|vpls|bonding)( |$)|^\/zerotier/,
    what: 'tunnels and bonds',
    counts: isOnTheWay,
    harmless: ['transmit-hash-policy'],
  },
  { menu: /^\/interface dot1x( |$)/, what: 'port authentication', counts: isOnTheWay },
  {
    menu: /^\/ip ipsec/,
    what: 'IPsec',
    matters: (use, from, to) => mayUseIpsec(use, from) || mayUseIpsec(use, to),
  },
  { menu: /^\/ip hotspot$/, what: 'hotspot', counts: isOnTheWay },
  {
    menu: /^\/ip hotspot /,
    what: 'hotspot',
    matters: (use, from, to) =>
      [...from.items('/ip hotspot'), ...to.items('/ip hotspot')].some((item) => isOnTheWay(item, use)),
  },
  {
    menu: /^\/ip firewall layer7-protocol$/,
    what: 'layer 7 patterns',
    matters: (_use, from, to) => [from, to].some(looksIntoInput),
  },
  {
    menu: /^\/ip ssh$/,
    what: 'SSH server settings',
    matters: (use) => use.services.size === 0 || use.services.has('ssh'),
    // Clients of the last ten years speak what strong-crypto leaves.
    harmless: ['forwarding-enabled', 'allow-none-crypto', 'strong-crypto'],
    resting: { 'always-allow-password-login': 'no' },
  },
  {
    menu: /^\/(radius|user aaa)( |$)/,
    what: 'login by RADIUS',
    // Accounts of the device itself do not ask a RADIUS server.
    matters: (_use, from) => propertyOf(from.one('/user aaa'), 'use-radius', 'no') === 'yes',
    harmless: ['accounting', 'interim-update'],
  },
  {
    menu: /^\/routing (?!(rule|table|id|settings|igmp-proxy|gmp|pim|pimsm)( |$))|^\/mpls/,
    what: 'routing protocols',
    matters: (use) => !use.isOnLink,
  },
]

/** Properties whose change the analysis does not follow, in menus that it otherwise does. */
export const watchedProperties: readonly (readonly [menu: RegExp, properties: readonly string[]])[] = [
  [
    /^\/interface bridge$/,
    ['protocol-mode', 'priority', 'admin-mac', 'auto-mac', 'ether-type', 'mtu', 'dhcp-snooping'],
  ],
  [/^\/interface bridge port$/, ['bpdu-guard', 'tag-stacking', 'trusted']],
  [
    /^\/interface (ethernet|vlan)$/,
    [
      'mac-address',
      'mtu',
      'l2mtu',
      'speed',
      'auto-negotiation',
      'advertise',
      'use-service-tag',
      'loop-protect',
    ],
  ],
  [/^\/ip dhcp-client$/, ['dhcp-options', 'script', 'default-route-tables']],
]

/** True when IPsec may take the packets of the path: a policy covers them, or policies are made on demand. */
function mayUseIpsec(use: PathUse, view: DeviceView): boolean {
  const covers = (text: string, range: IpRange): boolean => {
    const selector = parseIpRange(text)
    return selector === undefined || rangesOverlap(selector, range)
  }
  const isCovered = view
    .items('/ip ipsec policy')
    .filter((policy) => isEnabled(policy) && propertyOf(policy, 'template', 'no') === 'no')
    .filter((policy) => policy.state.origin === 'added')
    .some(
      (policy) =>
        covers(propertyOf(policy, 'src-address'), use.destination) &&
        covers(propertyOf(policy, 'dst-address'), use.source),
    )
  const isMade = ['/ip ipsec identity', '/ip ipsec peer']
    .flatMap((menu) => view.items(menu))
    .some((item) => isEnabled(item) && propertyOf(item, 'generate-policy', 'no') !== 'no')
  return isCovered || isMade || use.mayBeDialledIn || use.profiles.size > 0
}

/** True when a rule that packets to the device may meet looks for a layer 7 pattern. */
function looksIntoInput(view: DeviceView): boolean {
  return ['filter', 'mangle', 'nat', 'raw']
    .flatMap((table) => view.items(`/ip firewall ${table}`))
    .some(
      (rule) =>
        propertyOf(rule, 'layer7-protocol') !== '' &&
        !/^(forward|postrouting|srcnat)$/.test(propertyOf(rule, 'chain')),
    )
}
