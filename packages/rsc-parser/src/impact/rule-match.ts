import type { AddressLists } from './address-lists.js'
import { ALWAYS, type Condition, type ConditionSpace, NEVER } from './condition-space.js'
import { type DeviceView, isEnabled, listOf, propertyOf, type ViewItem } from './device-view.js'
import type { InterfaceLists } from './interface-lists.js'
import { interfaceIn, interfaceIs, type PlainMatch } from './interface-match.js'
import type { InterfaceTable } from './interface-table.js'
import type { ListGrowth } from './list-growth.js'
import { addressListMatches, type InterfaceMatcher } from './list-match.js'
import type { ConnectionState, Packet } from './packet.js'
import { protocolNumber } from './protocol-number.js'
import { rangeTextMatches } from './range-match.js'
import { notMatchers } from './rule-actions.js'

/** What rules refer to, for one document and one address family. */
export interface RuleContext {
  readonly view: DeviceView
  readonly space: ConditionSpace
  readonly interfaces: InterfaceTable
  readonly interfaceLists: InterfaceLists
  readonly addressLists: AddressLists
  /** Addresses that rules added to lists while the packet went through them. */
  readonly growth: ListGrowth
  readonly usesIpsec: boolean
  readonly usesHotspot: boolean
  /** Bridge ports are visible to rules (`/interface bridge settings use-ip-firewall=yes`). */
  readonly seesBridgePorts: boolean
}

/** Matchers whose answer is the same for every rule that asks the same. */
const sharedFacts = new Set([
  'time',
  'src-mac-address',
  'dscp',
  'ttl',
  'hop-limit',
  'packet-size',
  'layer7-protocol',
])

/** When a rule matches a packet; `invalid` for a rule that the device does not use. */
export function ruleMatch(rule: ViewItem, packet: Packet, context: RuleContext): Condition | 'invalid' {
  let result = ALWAYS
  for (const [name, value] of rule.values) {
    if (notMatchers.has(name) || value === '') continue
    const matched = matcher(name, value, rule, packet, context)
    if (matched === 'invalid') return 'invalid'
    result = context.space.and(result, matched)
  }
  return result
}

function matcher(
  name: string,
  value: string,
  rule: ViewItem,
  packet: Packet,
  context: RuleContext,
): Condition | 'invalid' {
  const { space } = context
  const negated = value.startsWith('!')
  const wanted = negated ? value.slice(1) : value
  const result = plainMatcher(name, wanted, negated, rule, packet, context)
  if (result === 'invalid') return 'invalid'
  if (typeof result === 'object') return result.exactly
  return negated ? space.not(result) : result
}

function plainMatcher(
  name: string,
  wanted: string,
  negated: boolean,
  rule: ViewItem,
  packet: Packet,
  context: RuleContext,
): PlainMatch {
  const { space } = context
  const ask: InterfaceMatcher = (matcherName, value, of) => matcher(matcherName, value, of, packet, context)
  switch (name) {
    case 'protocol':
      return protocolNumber(wanted) === packet.protocol ? ALWAYS : NEVER
    case 'src-address':
      return rangeTextMatches(wanted, packet.sourceIn, space)
    case 'dst-address':
      return rangeTextMatches(wanted, packet.destinationIn, space)
    case 'src-address-list':
      return addressListMatches(wanted, 'source', packet.sourceIn, packet, context, ask)
    case 'dst-address-list':
      return addressListMatches(wanted, 'destination', packet.destinationIn, packet, context, ask)
    case 'src-port':
      return hasPorts(packet) ? ports(wanted, packet.sourcePortIn, space) : { exactly: NEVER }
    case 'dst-port':
      return hasPorts(packet) ? ports(wanted, packet.destinationPortIn, space) : { exactly: NEVER }
    case 'port':
      return hasPorts(packet)
        ? space.or(ports(wanted, packet.sourcePortIn, space), ports(wanted, packet.destinationPortIn, space))
        : { exactly: NEVER }
    case 'in-interface':
      return interfaceIs(wanted, packet.inInterface, negated, context)
    case 'out-interface':
      return interfaceIs(wanted, packet.outInterface, negated, context)
    case 'in-interface-list':
      return packet.inInterface.length === 0 ? 'invalid' : interfaceIn(wanted, packet.inInterface, context)
    case 'out-interface-list':
      return packet.outInterface.length === 0 ? 'invalid' : interfaceIn(wanted, packet.outInterface, context)
    case 'in-bridge-port':
      if (!context.seesBridgePorts) return { exactly: NEVER }
      return space.any(packet.inBridgePort.filter((each) => each.value === wanted).map((each) => each.when))
    case 'in-bridge-port-list':
      if (!context.seesBridgePorts) return { exactly: NEVER }
      return interfaceIn(wanted, packet.inBridgePort, context)
    case 'out-bridge-port':
    case 'out-bridge-port-list':
      return context.seesBridgePorts ? opaque(name, wanted, rule, packet, space) : { exactly: NEVER }
    case 'connection-state':
      if (!packet.isTracked) return { exactly: NEVER }
      return space.any(listOf(wanted).map((state) => packet.stateIs(state as ConnectionState)))
    case 'connection-nat-state':
      if (!packet.isTracked) return { exactly: NEVER }
      return space.any(listOf(wanted).map((state) => (state === 'dstnat' ? packet.isDstNatted : NEVER)))
    case 'connection-type':
      return opaqueUnless(packet.destinationPortIn(22, 22) === ALWAYS, name, wanted, rule, packet, space)
    case 'connection-mark':
      return packet.marks.connection.is(wanted)
    case 'packet-mark':
      return packet.marks.packet.is(wanted)
    case 'routing-mark':
      return packet.marks.routing.is(wanted)
    case 'dst-address-type':
      return addressType(wanted, packet.isDestinationLocal, packet.isDestinationMulticast, packet, space)
    case 'src-address-type':
      return addressType(wanted, packet.isSourceLocal, false, packet, space)
    case 'ipsec-policy': {
      const isProtected = context.usesIpsec ? space.variable('the packets come through IPsec') : NEVER
      return wanted.endsWith('ipsec') ? isProtected : space.not(isProtected)
    }
    case 'tcp-flags':
      return packet.protocol === 6
        ? { exactly: tcpFlags(negated ? `!${wanted}` : wanted, rule, packet, space) }
        : { exactly: NEVER }
    case 'icmp-options':
      return packet.icmpType === undefined
        ? { exactly: NEVER }
        : icmpOptions(wanted, packet.icmpType)
          ? ALWAYS
          : NEVER
    case 'fragment':
      return { exactly: (wanted === 'yes') === negated ? ALWAYS : NEVER }
    case 'hotspot':
      return opaqueUnless(!context.usesHotspot, name, wanted, rule, packet, space)
    case 'p2p':
      return NEVER
    default:
      return opaque(name, wanted, rule, packet, space)
  }
}

function hasPorts(packet: Packet): boolean {
  return packet.protocol === 6 || packet.protocol === 17
}

function ports(
  text: string,
  inRange: (first: number, last: number) => Condition,
  space: ConditionSpace,
): Condition {
  let result = NEVER
  for (const element of listOf(text)) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(element)
    if (match === null) return space.variable(`a port matches ${text}`)
    result = space.or(result, inRange(Number(match[1]), Number(match[2] ?? match[1])))
  }
  return result
}

function addressType(
  text: string,
  isLocal: Condition,
  isMulticast: boolean,
  packet: Packet,
  space: ConditionSpace,
): Condition {
  return space.any(
    listOf(text).map((type) => {
      if (type === 'local') return isLocal
      if (type === 'unicast') {
        // Assumption: nobody says whether an address of the device is of type unicast as well.
        const ownToo = space.variable('address type unicast covers the addresses of the device')
        return isMulticast ? NEVER : space.or(space.not(isLocal), ownToo)
      }
      if (type === 'multicast') return isMulticast ? ALWAYS : NEVER
      if (type === 'broadcast') return NEVER
      return space.variable(`an address of the ${packet.moment} is of type ${type}`)
    }),
  )
}

function tcpFlags(text: string, rule: ViewItem, packet: Packet, space: ConditionSpace): Condition {
  return space.all(
    listOf(text).map((flag) => {
      const isWanted = !flag.startsWith('!')
      const name = isWanted ? flag : flag.slice(1)
      const known = packet.tcpFlags.get(name)
      if (known !== undefined) return known === isWanted ? ALWAYS : NEVER
      const set = opaque('tcp-flags', name, rule, packet, space)
      return isWanted ? set : space.not(set)
    }),
  )
}

function icmpOptions(text: string, type: number): boolean {
  return listOf(text).some((option) => Number(option.split(':')[0]) === type)
}

function opaqueUnless(
  decided: boolean,
  name: string,
  wanted: string,
  rule: ViewItem,
  packet: Packet,
  space: ConditionSpace,
): Condition {
  return decided ? NEVER : opaque(name, wanted, rule, packet, space)
}

/** A variable for a matcher that the export cannot decide. */
function opaque(
  name: string,
  wanted: string,
  rule: ViewItem,
  packet: Packet,
  space: ConditionSpace,
): Condition {
  const about = `${packet.moment}: ${name}=${wanted}`
  return space.variable(sharedFacts.has(name) ? about : `${about} of rule "${ruleText(rule)}"`)
}

/** The rule as one line without what does not change its effect; the same in two documents for the same rule. */
export function ruleText(rule: ViewItem): string {
  const parts = [...rule.values]
    .filter(([name]) => !['comment', 'log', 'log-prefix', 'disabled'].includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
  return parts.join(' ')
}

/** Rules of a firewall table that are in force, in order. */
export function rulesInForce(view: DeviceView, menu: string): readonly ViewItem[] {
  return view.items(menu).filter((rule) => isEnabled(rule) && propertyOf(rule, 'dynamic') !== 'yes')
}
