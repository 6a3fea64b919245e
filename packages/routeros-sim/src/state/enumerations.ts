import { RouterError } from '../language/router-error.js'

const LISTS = 'add-dst-to-address-list add-src-to-address-list'
const FLOW = 'jump log passthrough return'

const actions = (own: string): ReadonlySet<string> => new Set(`accept ${LISTS} ${FLOW} ${own}`.split(' '))

const FILTER = actions('drop fasttrack-connection reject tarpit')
const NAT = actions('dst-nat endpoint-independent-nat masquerade netmap redirect same src-nat')
const MANGLE = actions(
  'change-dscp change-hop-limit change-mss change-ttl clear-df fasttrack-connection mark-connection mark-packet ' +
    'mark-routing route set-priority sniff-pc sniff-tzsp strip-ipv4-options snpt dnpt',
)
const RAW = actions('drop notrack')

/** Values that a property takes, for menus whose whole set is known. Source: command reference. */
const ENUMERATIONS: Readonly<Record<string, Readonly<Record<string, ReadonlySet<string>>>>> = {
  '/ip firewall filter': { action: FILTER },
  '/ipv6 firewall filter': { action: FILTER },
  '/ip firewall nat': { action: NAT },
  '/ip firewall mangle': { action: MANGLE },
  '/ipv6 firewall mangle': { action: MANGLE },
  '/ip firewall raw': { action: RAW },
  '/ipv6 firewall raw': { action: RAW },
  '/interface bridge': {
    'protocol-mode': new Set(['none', 'rstp', 'stp', 'mstp']),
    'frame-types': new Set([
      'admit-all',
      'admit-only-untagged-and-priority-tagged',
      'admit-only-vlan-tagged',
    ]),
  },
  '/interface bridge port': {
    'frame-types': new Set([
      'admit-all',
      'admit-only-untagged-and-priority-tagged',
      'admit-only-vlan-tagged',
    ]),
  },
}

/**
 * The word of a property that takes only certain words: itself, or the only one it abbreviates.
 *
 * @throws RouterError when it is none of them, or the beginning of several
 */
export function wordOf(path: string, property: string, value: string): string {
  const words = ENUMERATIONS[path]?.[property]
  if (words === undefined || words.has(value)) return value
  const matching = [...words].filter((word) => value !== '' && word.startsWith(value))
  const [only, ...others] = matching
  if (only === undefined) throw new RouterError(`input does not match any value of ${property}`)
  if (others.length > 0) {
    throw new RouterError(`ambiguous value of ${property}, more than one possible value matches input`)
  }
  return only
}
