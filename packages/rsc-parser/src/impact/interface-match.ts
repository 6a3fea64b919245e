import { type Condition, NEVER } from './condition-space.js'
import { type Alternative, unknownInterface } from './packet.js'
import type { RuleContext } from './rule-match.js'

/** A condition before negation, or one that negation does not touch. */
export type PlainMatch = Condition | 'invalid' | { readonly exactly: Condition }

const kindsOf: Readonly<Record<string, RegExp>> = {
  'all-ethernet': /^ethernet$/,
  'all-ppp': /^(ppp|pppoe|pptp|l2tp|sstp|ovpn)-(client|server)$/,
  'all-vlan': /^vlan$/,
  'all-wireless': /^(wireless|wifi|wifiwave2)$/,
}

/** When a packet's interface is the one a rule names; rules that name a bridge port are not in force. */
export function interfaceIs(
  wanted: string,
  alternatives: readonly Alternative<string>[],
  negated: boolean,
  context: RuleContext,
): PlainMatch {
  if (alternatives.length === 0) return 'invalid'
  const kind = kindsOf[wanted]
  if (kind !== undefined) {
    return context.space.any(
      alternatives
        .filter((each) => kind.test(context.interfaces.get(each.value)?.kind ?? ''))
        .map((each) => each.when),
    )
  }
  if (context.interfaces.masterOf(wanted)?.kind === 'bridge') return 'invalid'
  const known = context.interfaces.get(wanted)
  if (known === undefined && negated && wanted.startsWith('*')) {
    return {
      exactly: context.space.variable(`a rule that names the missing interface ${wanted} is in force`),
    }
  }
  return context.space.any(alternatives.map((each) => isInterface(each, wanted, context)))
}

function isInterface(each: Alternative<string>, wanted: string, context: RuleContext): Condition {
  if (each.value !== unknownInterface) return each.value === wanted ? each.when : NEVER
  return context.space.and(each.when, context.space.variable(`the unknown next hop is on ${wanted}`))
}

/** When a packet's interface is in the interface list that a rule names. */
export function interfaceIn(
  list: string,
  alternatives: readonly Alternative<string>[],
  context: RuleContext,
): Condition {
  let result = NEVER
  for (const { value, when } of alternatives) {
    const isMember =
      value === unknownInterface
        ? context.space.variable(`the unknown next hop is on an interface of list ${list}`)
        : context.interfaceLists.contains(list, value)
    const contained = context.space.and(when, isMember)
    result = context.space.or(result, contained)
  }
  return result
}
