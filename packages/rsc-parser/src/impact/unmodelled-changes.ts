import type { DeviceView, ViewItem } from './device-view.js'

/** Menus that can cut a management path in ways that the analysis does not follow, with what they are. */
const watched: readonly (readonly [menu: RegExp, what: string])[] = [
  [/^\/interface bridge (filter|nat|msti|settings|mlag|calea)$/, 'bridge rules and settings'],
  [/^\/interface ethernet switch/, 'switch chip settings'],
  [/^\/interface (wireless|wifi|wifiwave2|w60g|lte)( |$)|^\/caps-man/, 'radio settings'],
  [/^\/interface [a-z0-9-]*-client$|^\/ppp |^\/interface [a-z0-9-]*-server( |$)/, 'dialled links'],
  [
    /^\/interface (gre6?|ipip6?|ipipv6|eoip|eoipv6|6to4|vxlan|wireguard|macsec|veth|macvlan|mesh|vpls)( |$)|^\/zerotier/,
    'tunnels',
  ],
  [/^\/interface (vrrp|bonding|dot1x)( |$)/, 'redundancy and port authentication'],
  [/^\/ip ipsec/, 'IPsec'],
  [/^\/ip hotspot/, 'hotspot'],
  [/^\/ip ssh$/, 'SSH server settings'],
  [/^\/(radius|user aaa)( |$)/, 'login by RADIUS'],
  [/^\/(ip|ipv6) settings$/, 'IP settings'],
  [/^\/routing (?!rule$|table$)|^\/mpls/, 'routing protocols'],
  [/^\/ip proxy|^\/ip socks/, 'proxies'],
]

/** Properties whose change the analysis does not follow, in menus that it otherwise does. */
const watchedProperties: readonly (readonly [menu: RegExp, properties: readonly string[]])[] = [
  [
    /^\/interface bridge$/,
    ['protocol-mode', 'priority', 'admin-mac', 'auto-mac', 'ether-type', 'mtu', 'dhcp-snooping'],
  ],
  [
    /^\/interface bridge port$/,
    ['horizon', 'priority', 'path-cost', 'bpdu-guard', 'edge', 'tag-stacking', 'trusted'],
  ],
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

/** Changes between two devices that may cut a path and that the analysis does not follow, in words. */
export function unmodelledChanges(from: DeviceView, to: DeviceView): readonly string[] {
  const found: string[] = []
  for (const menu of new Set([...from.menus, ...to.menus])) {
    const what = watched.find(([pattern]) => pattern.test(menu))?.[1]
    if (what !== undefined) {
      if (textOf(from.items(menu)) !== textOf(to.items(menu))) found.push(`${what} change (${menu})`)
      continue
    }
    const properties = watchedProperties.find(([pattern]) => pattern.test(menu))?.[1]
    if (properties === undefined) continue
    for (const property of properties) {
      if (propertyChanged(property, from.items(menu), to.items(menu)))
        found.push(`${property} changes (${menu})`)
    }
  }
  return found
}

/** Items as comparable text, without order and without what does not matter. */
function textOf(items: readonly ViewItem[]): string {
  return items
    .map((item) =>
      [...item.state.values]
        .filter(([name]) => !(name === 'comment'))
        .map((pair) => pair.join('='))
        .sort()
        .join(' '),
    )
    .sort()
    .join('\n')
}

function propertyChanged(property: string, from: readonly ViewItem[], to: readonly ViewItem[]): boolean {
  const before = new Map(from.map((item) => [handleOf(item), item.state.values.get(property) ?? '']))
  return to.some((item) => {
    const known = before.get(handleOf(item))
    return known !== undefined && known !== (item.state.values.get(property) ?? '')
  })
}

function handleOf(item: ViewItem): string {
  return `${item.state.handle} ${item.name ?? ''} ${item.values.get('interface') ?? ''} ${item.values.get('bridge') ?? ''}`
}
