import type { DeviceView, ViewItem } from './device-view.js'

/** What of a device a path makes use of, so that changes elsewhere can be told from changes on the way. */
export interface PathUse {
  /** Names and lasting identities of the interfaces on the way, ports and parents included. */
  readonly interfaces: ReadonlySet<string>
  /** Radios may carry the path: packets come in by one, or by a bridge that radios join. */
  readonly mayBeRadio: boolean
  /** Dialled links may carry the path. */
  readonly mayBeDialled: boolean
  /** The manager is on a connected network, so that learned routes do not matter. */
  readonly isOnLink: boolean
}

interface WatchedMenu {
  readonly menu: RegExp
  readonly what: string
  /** Only items of interfaces on the way count. */
  readonly perInterface?: true
  readonly matters?: (use: PathUse) => boolean
}

/** Menus that can cut a management path in ways that the analysis does not follow. First match wins. */
const watched: readonly WatchedMenu[] = [
  { menu: /^\/interface bridge (filter|nat|msti|settings|mlag|calea)$/, what: 'bridge rules and settings' },
  { menu: /^\/interface ethernet switch/, what: 'switch chip settings' },
  {
    menu: /^\/interface (wireless|wifi|wifiwave2|w60g)( |$)|^\/caps-man/,
    what: 'radio settings',
    matters: (use) => use.mayBeRadio,
  },
  { menu: /^\/interface ([a-z0-9-]*-client|lte)( |$)/, what: 'dialled links', perInterface: true },
  {
    menu: /^\/ppp |^\/interface [a-z0-9-]*-server( |$)/,
    what: 'dialled links',
    matters: (use) => use.mayBeDialled,
  },
  {
    menu: /^\/interface (gre6?|ipip6?|ipipv6|eoip|eoipv6|6to4|vxlan|wireguard|macsec|veth|macvlan|mesh|vpls|vrrp|bonding)( |$)|^\/zerotier/,
    what: 'tunnels and bonds',
    perInterface: true,
  },
  { menu: /^\/interface dot1x( |$)/, what: 'port authentication', perInterface: true },
  { menu: /^\/ip ipsec/, what: 'IPsec' },
  { menu: /^\/ip hotspot/, what: 'hotspot', perInterface: true },
  { menu: /^\/ip ssh$/, what: 'SSH server settings' },
  { menu: /^\/(radius|user aaa)( |$)/, what: 'login by RADIUS' },
  { menu: /^\/routing (?!rule$|table$)|^\/mpls/, what: 'routing protocols', matters: (use) => !use.isOnLink },
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
export function unmodelledChanges(from: DeviceView, to: DeviceView, use: PathUse): readonly string[] {
  const found: string[] = []
  const onTheWay = (item: ViewItem): boolean => isOnTheWay(item, use)
  for (const menu of new Set([...from.menus, ...to.menus])) {
    const rule = watched.find((each) => each.menu.test(menu))
    if (rule !== undefined) {
      if (rule.matters?.(use) === false) continue
      const pick = (view: DeviceView): readonly ViewItem[] =>
        rule.perInterface === true ? view.items(menu).filter(onTheWay) : view.items(menu)
      if (textOf(pick(from)) !== textOf(pick(to))) found.push(`${rule.what} change (${menu})`)
      continue
    }
    const properties = watchedProperties.find(([pattern]) => pattern.test(menu))?.[1]
    for (const property of properties ?? []) {
      const before = from.items(menu).filter(onTheWay)
      if (propertyChanged(property, before, to.items(menu).filter(onTheWay))) {
        found.push(`${property} changes (${menu})`)
      }
    }
  }
  return found
}

/** True when everything that the analysis reads or watches is the same in both. */
export function sameWhereItMatters(
  from: DeviceView,
  to: DeviceView,
  isRead: (menu: string) => boolean,
): boolean {
  for (const menu of new Set([...from.menus, ...to.menus])) {
    if (isRead(menu) && orderedTextOf(from.items(menu)) !== orderedTextOf(to.items(menu))) return false
  }
  return true
}

function isOnTheWay(item: ViewItem, use: PathUse): boolean {
  const names = [
    item.name,
    item.values.get('interface'),
    item.values.get('bridge'),
    item.state.handle.replace(/^default-name=/, ''),
  ]
  return names.some((name) => name !== undefined && use.interfaces.has(name))
}

/** Items as comparable text, without order and without what does not matter. */
function textOf(items: readonly ViewItem[]): string {
  return items.map(itemText).sort().join('\n')
}

function orderedTextOf(items: readonly ViewItem[]): string {
  return items.map(itemText).join('\n')
}

function itemText(item: ViewItem): string {
  const values = [...item.state.values].filter(([name]) => name !== 'comment').map((pair) => pair.join('='))
  return [item.state.handle, ...values.sort()].join(' ')
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
