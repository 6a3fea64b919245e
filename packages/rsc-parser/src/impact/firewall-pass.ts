import { rulesByChain, walkChain } from './chain-walk.js'
import { type Condition, NEVER } from './condition-space.js'
import { propertyOf, type ViewItem } from './device-view.js'
import type { PathStage } from './management-path.js'
import type { Packet } from './packet.js'
import { type RuleContext, rulesInForce, ruleText } from './rule-match.js'
import type { TraceLog } from './trace-log.js'

const refusing = new Set(['drop', 'reject', 'tarpit'])
const continuing = new Set([
  'passthrough',
  'log',
  'add-src-to-address-list',
  'add-dst-to-address-list',
  'fasttrack-connection',
])

/** What a table made of the packets that entered it. */
export interface FirewallPass {
  readonly passed: Condition
  /** Packets that `notrack` took out of connection tracking. */
  readonly untracked: Condition
}

/** Sends packets through a built-in chain of `filter` or `raw`. */
export function passTable(
  menu: string,
  chain: string,
  packet: Packet,
  entering: Condition,
  stage: PathStage,
  context: RuleContext,
  log: TraceLog,
): FirewallPass {
  const { space } = context
  let accepted = NEVER
  let untracked = NEVER
  const chains = rulesByChain(rulesInForce(context.view, menu))
  if (!chains.has(chain)) return { passed: entering, untracked }
  const atEnd = walkChain(
    {
      packet,
      context,
      chains,
      onMatch: (rule, when) => {
        const action = propertyOf(rule, 'action', 'accept')
        if (continuing.has(action)) {
          log.add(when, stage, 'continues', `${ruleName(rule)} ${action}, goes on`, rule)
          return 'continues'
        }
        if (action === 'notrack') {
          untracked = space.or(untracked, when)
          log.add(when, stage, 'continues', `${ruleName(rule)} leaves the packet untracked`, rule)
          return 'continues'
        }
        if (refusing.has(action)) {
          log.add(when, stage, 'refuses', `${ruleName(rule)} refuses (${action}): ${ruleText(rule)}`, rule)
          return 'ends'
        }
        const isAccepted = action === 'accept' ? when : space.and(when, unknownAction(action, rule, context))
        accepted = space.or(accepted, isAccepted)
        log.add(isAccepted, stage, 'accepts', `${ruleName(rule)} accepts: ${ruleText(rule)}`, rule)
        log.add(
          space.without(when, isAccepted),
          stage,
          'refuses',
          `${ruleName(rule)}: ${action} refuses`,
          rule,
        )
        return 'ends'
      },
      onControl: (rule, when) => {
        const action = propertyOf(rule, 'action')
        const target = action === 'jump' ? `jumps to ${propertyOf(rule, 'jump-target')}` : 'returns'
        log.add(when, stage, 'continues', `${ruleName(rule)} ${target}`, rule)
      },
    },
    chain,
    entering,
  )
  log.add(atEnd, stage, 'passes', `the end of chain ${chain} accepts`)
  return { passed: space.or(accepted, atEnd), untracked }
}

function unknownAction(action: string, rule: ViewItem, context: RuleContext): Condition {
  return context.space.variable(`action ${action} of rule "${ruleText(rule)}" lets the packet pass`)
}

/** Sends packets through a chain of `mangle` for the marks they get. */
export function markPackets(
  menu: string,
  chain: string,
  packet: Packet,
  entering: Condition,
  context: RuleContext,
  log: TraceLog,
): void {
  const chains = rulesByChain(rulesInForce(context.view, menu))
  if (!chains.has(chain)) return
  walkChain(
    {
      packet,
      context,
      chains,
      onMatch: (rule, when) => {
        const action = propertyOf(rule, 'action', 'accept')
        const marks = markOf(action, packet)
        const mark = propertyOf(rule, `new-${action.slice('mark-'.length)}-mark`)
        if (marks === undefined) return action === 'accept' ? 'ends' : 'continues'
        // Mark `main` asks for the table that is looked up anyway.
        marks.set(mark === '' || mark === 'main' ? 'no-mark' : mark, when)
        log.add(when, 'mangle', 'continues', `${ruleName(rule)} sets ${action.slice(5)} mark ${mark}`, rule)
        return propertyOf(rule, 'passthrough', 'yes') === 'no' ? 'ends' : 'continues'
      },
    },
    chain,
    entering,
  )
}

function markOf(action: string, packet: Packet) {
  if (action === 'mark-connection') return packet.marks.connection
  if (action === 'mark-packet') return packet.marks.packet
  return action === 'mark-routing' ? packet.marks.routing : undefined
}

/** How a trace calls a rule: its chain and place. */
export function ruleName(rule: ViewItem): string {
  return `rule ${rule.state.index} (chain ${propertyOf(rule, 'chain')})`
}
