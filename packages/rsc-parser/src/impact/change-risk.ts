import type { Change } from '../diff/change.js'
import type { StateItem } from '../diff/state-item.js'
import type { MenuPath } from '../document/menu-path.js'
import { menuFacts } from '../facts/menu-table.js'
import { isOn, textOf } from './changed-property.js'
import { takesManagement } from './firewall-warnings.js'

/** How much a change can hurt. */
export type Risk = 'none' | 'low' | 'medium' | 'high'

const order: readonly Risk[] = ['none', 'low', 'medium', 'high']

/** The greater of two risks. */
export function worseRisk(a: Risk, b: Risk): Risk {
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}

/** Risk of a change in a menu where nothing more special applies, by the worst plausible effect of the menu. */
const riskOfMenuClass = {
  management: 'high',
  connectivity: 'medium',
  security: 'medium',
  service: 'low',
  cosmetic: 'low',
} as const

/** Properties that change nothing a device does, in every menu. */
const inertProperties: Readonly<Record<string, Risk>> = {
  comment: 'none',
  'log-prefix': 'none',
  log: 'low',
  skin: 'low',
}

interface PropertyRisk {
  readonly menu: RegExp
  readonly properties: readonly string[]
  readonly risk: Risk
}

/** Properties that are less, or more, dangerous than their menu. First match wins. */
const propertyRisks: readonly PropertyRisk[] = [
  {
    menu: /^\/interface (ethernet|bridge|vlan|bonding|wireguard)$/,
    properties: [
      'arp-timeout',
      'loop-protect-send-interval',
      'rx-flow-control',
      'tx-flow-control',
      'led-setting',
      'igmp-snooping',
      'fast-forward',
    ],
    risk: 'low',
  },
  {
    menu: /^\/interface /,
    properties: ['mtu', 'l2mtu', 'bandwidth', 'advertise', 'queue', 'poe-priority'],
    risk: 'medium',
  },
  {
    menu: /^\/interface bridge port$/,
    properties: [
      'path-cost',
      'internal-path-cost',
      'priority',
      'edge',
      'point-to-point',
      'auto-isolate',
      'broadcast-flood',
      'unknown-multicast-flood',
      'unknown-unicast-flood',
    ],
    risk: 'medium',
  },
  { menu: /^\/ip service$/, properties: ['tls-version', 'max-sessions', 'certificate'], risk: 'medium' },
  { menu: /^\/ip dhcp-client$/, properties: ['use-peer-ntp', 'use-peer-dns', 'dhcp-options'], risk: 'low' },
  { menu: /^\/ip dhcp-server$/, properties: ['lease-time', 'lease-script', 'bootp-support'], risk: 'low' },
  {
    menu: /^\/system (console|routerboard settings|watchdog)/,
    properties: ['auto-upgrade', 'silent-boot', 'term', 'watch-address', 'send-email-to'],
    risk: 'low',
  },
  {
    menu: /^\/tool mac-server|^\/tool romon/,
    properties: ['enabled', 'allowed-interface-list', 'secrets'],
    risk: 'medium',
  },
]

/** Menus whose class in the fact tables is about the menu as a whole and too strict, or too mild, for its items. */
const menuRisks: readonly (readonly [menu: RegExp, risk: Risk])[] = [
  [/^\/ip dhcp-server lease$/, 'low'],
  [/^\/ip dns static$/, 'low'],
  [/^\/queue /, 'low'],
  [/^\/system (identity|note|clock|logging|ntp)/, 'low'],
  [/^\/snmp/, 'medium'],
  [/^\/certificate/, 'medium'],
  [/^\/port( |$)|^\/partitions|^\/special-login|^\/tr069-client/, 'medium'],
  [/^\/system (console|routerboard settings|watchdog)/, 'medium'],
  [/^\/tool (mac-server|romon)/, 'medium'],
  [/^\/interface (w60g|wireless|wifi|wifiwave2|lte)/, 'medium'],
]

/** What the risk of a change depends on besides the change. */
export interface RiskContext {
  /** True for an address list that a rule uses to let in, or refuse, what is bound for the device. */
  readonly guardsInput: (list: string) => boolean
}

/** The risk of one change, by menu and by what of the item changes. */
export function riskOfChange(change: Change, context: RiskContext): Risk {
  const base = riskOfItem(change, context)
  if (change.kind === 'modified') {
    // What is off before and after does nothing.
    const isOff = [change.from, change.to].every((item) => item !== undefined && !isOn(item))
    const most: Risk = isOff ? 'low' : base
    let worst: Risk = 'none'
    for (const { name } of change.properties)
      worst = worseRisk(worst, riskOfProperty(change.menu, name, most))
    return worst
  }
  const item = change.kind === 'added' ? change.to : change.from
  // What is switched off does nothing, whether it comes or goes.
  return isOn(item) ? base : 'low'
}

function riskOfProperty(menu: MenuPath, property: string, base: Risk): Risk {
  const inert = inertProperties[property]
  if (inert !== undefined) return inert
  const special = propertyRisks.find((each) => each.menu.test(menu) && each.properties.includes(property))
  return special?.risk ?? base
}

function riskOfItem(change: Change, context: RiskContext): Risk {
  const items = itemsOf(change)
  const { menu } = change
  if (/^\/(ip|ipv6) firewall (filter|raw)$/.test(menu)) {
    return items.some((item) => mayMeetDevice(item)) ? 'high' : 'medium'
  }
  if (/^\/(ip|ipv6) firewall nat$/.test(menu)) return items.some(takesManagement) ? 'high' : 'medium'
  if (/^\/(ip|ipv6) firewall address-list$/.test(menu)) {
    return items.some((item) => context.guardsInput(textOf(item, 'list'))) ? 'high' : 'low'
  }
  if (menu === '/ip route' || menu === '/ipv6 route') {
    return items.some((item) => isDefaultRoute(textOf(item, 'dst-address'))) ? 'high' : 'medium'
  }
  const special = menuRisks.find(([pattern]) => pattern.test(menu))
  if (special !== undefined) return special[1]
  const facts = items[0]?.facts ?? menuFacts(menu, 7) ?? menuFacts(menu, 6)
  return facts === undefined ? 'medium' : riskOfMenuClass[facts.risk]
}

function itemsOf(change: Change): readonly StateItem[] {
  if (change.kind === 'added') return [change.to]
  if (change.kind === 'removed') return [change.from]
  return [change.from, change.to].filter((item) => item !== undefined)
}

/** A custom chain may be reached from `input`, so only the chains that never are count as harmless. */
function mayMeetDevice(item: StateItem): boolean {
  const chain = textOf(item, 'chain')
  return chain !== 'forward'
}

function isDefaultRoute(destination: string): boolean {
  return destination === '' || destination.endsWith('/0')
}
