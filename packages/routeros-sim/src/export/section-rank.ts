import { isInterfaceMenu } from '../state/interface-family.js'
import { SECTIONS_6, SECTIONS_7, type SectionOrderTable } from './section-order-table.js'

/** A RouterOS version as two numbers, for what changed between releases. */
export type VersionNumbers = readonly [major: number, minor: number]

/** Menus whose items others name, beyond those seen first in the measured exports. */
const MORE_FIRST = [
  '/interface ethernet switch trunk',
  '/interface wireless channels',
  '/interface wifi channel',
  '/interface wifi configuration',
  '/interface wifi datapath',
  '/interface wifi security',
  '/interface wifi aaa',
  '/interface wifi steering',
  '/interface wifi interworking',
  '/interface wifiwave2 channel',
  '/interface wifiwave2 datapath',
  '/interface wireless interworking-profiles',
  '/interface dot1x client',
  '/ip dhcp-server option sets',
  '/ip socksify',
  '/ip vrf',
  '/ipv6 pool',
  '/ipv6 dhcp-server option',
  '/openflow',
  '/container mounts',
  '/routing bgp instance',
  '/routing ospf-v3 instance',
  '/routing ospf-v3 area',
  '/routing rip instance',
  '/tool traffic-generator port',
  '/tool user-manager customer',
  '/user-manager limitation',
  '/user-manager profile',
  '/user-manager user',
  '/user-manager attribute',
  '/user-manager user group',
  '/zerotier',
  '/zerotier interface',
]

const FIRST: ReadonlySet<string> = new Set([...SECTIONS_6.first, ...SECTIONS_7.first, ...MORE_FIRST])

/** Interface menus that are neither bridges nor hardware, in the order in which they are written. */
const VIRTUAL = (
  '6to4 amt eoip eoipv6 gre gre6 ipip ipipv6 l2tp-ether l2tp-server mesh ovpn-client ovpn-server ppp-client ppp-server ' +
  'pppoe-client pppoe-server pptp-client pptp-server sstp-client sstp-server traffic-eng veth vpls vrrp w60g wireguard ' +
  'vxlan vlan bonding macvlan macsec'
).split(' ')

const VIRTUAL_6 = (
  '6to4 bonding eoip eoipv6 gre gre6 ipip ipipv6 l2tp-client l2tp-server mesh ovpn-client ovpn-server ppp-client ' +
  'ppp-server pppoe-client pppoe-server pptp-client pptp-server sstp-client sstp-server traffic-eng vlan vpls vrrp w60g'
).split(' ')

/** Which releases write a menu in the first phase, where that changed. */
const FIRST_WHEN: Readonly<Record<string, (major: number, minor: number) => boolean>> = {
  '/system script': (major, minor) => major > 7 || (major === 7 && minor >= 22),
  '/ip hotspot': (major, minor) => major < 7 || (major === 7 && minor < 20),
  '/ip ipsec peer': (major, minor) => major > 6 || minor >= 43,
  '/interface ethernet switch': (major, minor) => major < 7 || (major === 7 && minor < 16),
  '/ip neighbor discovery': (major) => major < 7,
  '/ip smb users': (major) => major >= 7,
  '/user group': (major, minor) => major < 7 || minor < 14 || minor > 15,
  '/queue interface': () => true,
}

/** True when items of a menu can be written before everything else that names them. */
export function isFirstPhase(path: string, [major, minor]: VersionNumbers): boolean {
  const when = FIRST_WHEN[path]
  if (when !== undefined) return when(major, minor)
  return isInterfaceMenu(path) || FIRST.has(path)
}

/**
 * Place of an interface menu among its like: bridges, then hardware in the order of its internal ids, then the rest.
 * Assumption: measured on exports of 6.19 to 7.22; LTE stands in front of bridges in v6.
 *
 * @param hardwareId least internal id of the menu's hardware items, when it has any.
 */
export function familyPlace(path: string, [major]: VersionNumbers, hardwareId: number | undefined): number {
  const type = path.slice('/interface '.length)
  if (type === 'lte' && major < 7) return -1
  if (type === 'bridge') return 0
  if (type !== 'w60g' && hardwareId !== undefined) return 1 + hardwareId / 1_000_000
  const order = major >= 7 ? VIRTUAL : VIRTUAL_6
  const at = order.indexOf(type)
  return at < 0 ? 2 + order.length : 2 + at
}

/**
 * Text by which sections of the first phase sort: their path. Interface menus stand together, at the first of them by
 * path: with CAPsMAN on board that is `/caps-man interface`.
 */
export function firstPhaseKey(path: string, hasCapsman: boolean): string {
  if (path === '/ip neighbor discovery') return '/interface'
  // Tried first of all, so that its entries follow each batch of interfaces.
  if (path === '/queue interface') return ''
  if (!isInterfaceMenu(path) || path.startsWith('/zerotier')) return path
  return hasCapsman ? '/caps-man interface' : '/interface'
}

/** CAPsMAN is part of v6 and of v7 up to 7.12; later it comes with the wireless package. */
export function hasCapsman(paths: Iterable<string>, [major, minor]: VersionNumbers): boolean {
  if (major < 7 || (major === 7 && minor < 13)) return true
  for (const path of paths)
    if (path.startsWith('/caps-man') || path.startsWith('/interface wireless')) return true
  return false
}

interface RankedTable {
  readonly places: ReadonlyMap<string, number>
  readonly sorted: readonly string[]
}

function rankTable(table: SectionOrderTable): RankedTable {
  return { places: new Map(table.rest.map((path, place) => [path, place])), sorted: table.rest }
}

const RANKED = { 6: rankTable(SECTIONS_6), 7: rankTable(SECTIONS_7) }
const unknown = new Map<string, number>()

/** Number of leading words two paths share. */
function sharedWords(a: string, b: string): number {
  const left = a.split(' ')
  const right = b.split(' ')
  let count = 0
  while (count < left.length && left[count] === right[count]) count += 1
  return count
}

/** Places a menu that is in no table next to its nearest kin by path: behind the one before it, or in front of the next. */
function placeByPath(path: string, sorted: readonly string[]): number {
  let below: { readonly path: string; readonly index: number } | undefined
  let above: { readonly path: string; readonly index: number } | undefined
  for (const [index, other] of sorted.entries()) {
    if (other < path && (below === undefined || other > below.path)) below = { path: other, index }
    if (other > path && (above === undefined || other < above.path)) above = { path: other, index }
  }
  const kinBelow = below === undefined ? 0 : sharedWords(path, below.path)
  const kinAbove = above === undefined ? 0 : sharedWords(path, above.path)
  if (above !== undefined && kinAbove > kinBelow) return above.index - 0.5
  return below === undefined ? -0.5 : below.index + 0.5
}

/** Menus that stand behind another than their path says, in some releases. */
const MOVED: Readonly<
  Record<string, (major: number, minor: number) => { readonly behind: string } | undefined>
> = {
  '/ip smb': (major, minor) =>
    major < 7 ? undefined : { behind: major > 7 || minor >= 12 ? '/file rsync-daemon' : '/ip service' },
  '/user group': (major) => (major < 7 ? undefined : { behind: '/user aaa' }),
  '/container': (major) => (major < 7 ? undefined : { behind: '/console settings' }),
  '/ipv6 route': (major) => (major < 7 ? undefined : { behind: '/ip route' }),
  '/interface ethernet switch': (major) => (major < 7 ? undefined : { behind: '/interface bridge vlan' }),
  '/ip ipsec profile': (major) => (major < 7 ? undefined : { behind: '/ip ipsec policy' }),
  '/ip hotspot': (major) => (major < 7 ? undefined : { behind: '/ip firewall service-port' }),
  '/system routerboard reset-button': (major, minor) =>
    major > 7 || (major === 7 && minor >= 20) ? { behind: '/system resource usb settings' } : undefined,
}

/** Place of a section of the second phase: nearly by path. */
export function secondPhasePlace(path: string, [major, minor]: VersionNumbers): number {
  const table = RANKED[major >= 7 ? 7 : 6]
  const moved = MOVED[path]?.(major, minor)
  if (moved !== undefined) return (table.places.get(moved.behind) ?? 0) + 0.25
  const known = table.places.get(path) ?? unknown.get(`${major >= 7 ? 7 : 6}${path}`)
  if (known !== undefined) return known
  const place = placeByPath(path, table.sorted)
  unknown.set(`${major >= 7 ? 7 : 6}${path}`, place)
  return place
}
