import { type Condition, NEVER } from './condition-space.js'
import { propertyOf, type ViewItem } from './device-view.js'
import type { IpRange } from './ip-range.js'
import type { ListedParty } from './list-growth.js'
import type { Packet } from './packet.js'
import { rangeTextMatches } from './range-match.js'
import type { RuleContext } from './rule-match.js'

/** Decides whether an interface matcher of a rule holds; handed in, because it is decided with the other matchers. */
export type InterfaceMatcher = (name: string, value: string, rule: ViewItem) => Condition | 'invalid'

/** When the source or destination of a packet is in an address list: stated, added before, or added on the way. */
export function addressListMatches(
  list: string,
  subject: 'source' | 'destination',
  inRange: (range: IpRange) => Condition,
  packet: Packet,
  context: RuleContext,
  interfaceMatches: InterfaceMatcher,
): Condition {
  // The reply's source is the device: what was put in a list as source of the request is its destination now.
  const who =
    packet.moment === 'reply'
      ? subject === 'source'
        ? 'device'
        : 'manager'
      : subject === 'source'
        ? 'manager'
        : 'device'
  const mayAdd = (rule: ViewItem): boolean => mayHaveListed(rule, who, packet, context, interfaceMatches)
  const stated = context.addressLists.contains(list, `${who}'s`, inRange, mayAdd)
  return context.space.or(stated, context.growth.added(list, who))
}

/** Chains whose packets come from other hosts, or go to them. */
const towardsDevice = new Set(['input'])
const fromDevice = new Set(['output'])

/** Whether a rule can ever have put the address of a party in its list: judged by chain, addresses and interfaces. */
function mayHaveListed(
  rule: ViewItem,
  who: ListedParty,
  packet: Packet,
  context: RuleContext,
  interfaceMatches: InterfaceMatcher,
): boolean {
  const { space } = context
  const isReply = packet.moment === 'reply'
  const chain = propertyOf(rule, 'chain')
  const asSource = propertyOf(rule, 'action') === 'add-src-to-address-list'
  if (who === 'manager' && (asSource ? fromDevice : towardsDevice).has(chain)) return false
  if (who === 'device' && (asSource ? towardsDevice : fromDevice).has(chain)) return false
  const inRange = (who === 'manager') === isReply ? packet.destinationIn : packet.sourceIn
  const address = propertyOf(rule, asSource ? 'src-address' : 'dst-address')
  if (address !== '') {
    const isNot = address.startsWith('!')
    const within = rangeTextMatches(isNot ? address.slice(1) : address, inRange, space)
    if ((isNot ? space.not(within) : within) === NEVER) return false
  }
  // The manager's packets come in where they come in; the answer knows no such interface.
  if (who !== 'manager' || !asSource || isReply) return true
  for (const name of ['in-interface', 'in-interface-list']) {
    const value = propertyOf(rule, name)
    if (value !== '' && interfaceMatches(name, value, rule) === NEVER) return false
  }
  return true
}
