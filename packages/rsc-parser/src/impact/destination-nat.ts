import { rulesByChain, walkChain } from './chain-walk.js'
import { type Condition, NEVER } from './condition-space.js'
import { propertyOf, type ViewItem } from './device-view.js'
import { ruleName } from './firewall-pass.js'
import { type IpRange, parseIpRange } from './ip-range.js'
import type { Packet } from './packet.js'
import { type RuleContext, rulesInForce } from './rule-match.js'
import type { TraceLog } from './trace-log.js'

/** Where packets are bound for after dst-nat. */
export interface NatOutcome {
  readonly when: Condition
  /** Addresses it may be; one in nearly all cases. `own` is whatever address the device has there. */
  readonly destination: IpRange | 'own'
  readonly port: number
  /** The rule that translated; absent for packets that stay as they were. */
  readonly rule?: ViewItem
}

/** Sends the first packet through chain `dstnat`. */
export function translateDestination(
  menu: string,
  packet: Packet,
  entering: Condition,
  original: { readonly destination: IpRange; readonly port: number },
  context: RuleContext,
  log: TraceLog,
): readonly NatOutcome[] {
  const { space } = context
  const outcomes: NatOutcome[] = []
  let translated = NEVER
  const chains = rulesByChain(rulesInForce(context.view, menu))
  if (chains.has('dstnat')) {
    walkChain(
      {
        packet,
        context,
        chains,
        onMatch: (rule, when) => {
          const action = propertyOf(rule, 'action', 'accept')
          if (action === 'accept') return 'ends'
          if (!['dst-nat', 'redirect', 'netmap', 'same'].includes(action)) return 'continues'
          const outcome = outcomeOf(rule, action, when, original)
          outcomes.push(outcome)
          translated = space.or(translated, when)
          log.add(when, 'dst-nat', 'continues', `${ruleName(rule)} ${action} to ${targetText(rule)}`, rule)
          return 'ends'
        },
      },
      'dstnat',
      entering,
    )
  }
  const untouched = space.without(entering, translated)
  if (untouched !== NEVER) outcomes.push({ when: untouched, ...original })
  return outcomes
}

function outcomeOf(
  rule: ViewItem,
  action: string,
  when: Condition,
  original: { readonly destination: IpRange; readonly port: number },
): NatOutcome {
  const port = Number(propertyOf(rule, 'to-ports').split('-')[0] || original.port)
  const written = propertyOf(rule, 'to-addresses', propertyOf(rule, 'to-address'))
  if (action === 'redirect') return { when, destination: 'own', port, rule }
  return { when, destination: parseIpRange(written) ?? original.destination, port, rule }
}

function targetText(rule: ViewItem): string {
  const parts = [propertyOf(rule, 'to-addresses'), propertyOf(rule, 'to-ports')].filter((part) => part !== '')
  return parts.length === 0 ? 'the device itself' : parts.join(' port ')
}
