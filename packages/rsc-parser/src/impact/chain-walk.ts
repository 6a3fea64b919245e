import { fillsList } from './address-lists.js'
import { type Condition, NEVER } from './condition-space.js'
import { listOf, propertyOf, type ViewItem } from './device-view.js'
import type { Packet } from './packet.js'
import { type RuleContext, ruleMatch } from './rule-match.js'

/** What the caller makes of a rule that matched. `ends`: the packet goes no further in this table. */
export type RuleEffect = 'ends' | 'continues'

/** A chain walk's callbacks and limits. */
export interface ChainWalk {
  readonly packet: Packet
  readonly context: RuleContext
  /** Rules in force of the table, by chain. */
  readonly chains: ReadonlyMap<string, readonly ViewItem[]>
  /** Called for each rule that can match, with when it is reached and matches. */
  readonly onMatch: (rule: ViewItem, when: Condition) => RuleEffect
  /** Called for what the walk itself does: jumps and returns. */
  readonly onControl?: (rule: ViewItem, when: Condition) => void
}

const maxDepth = 24
const maxSteps = 100_000

/** Thrown inside the analysis when chains jump in circles or too deep; callers turn it into `cannot tell`. */
export class ChainTooDeepError extends Error {
  override readonly name = 'ChainTooDeepError'
}

/** Rules by chain, in order. */
export function rulesByChain(rules: readonly ViewItem[]): ReadonlyMap<string, readonly ViewItem[]> {
  const chains = new Map<string, ViewItem[]>()
  for (const rule of rules) {
    const chain = propertyOf(rule, 'chain')
    const known = chains.get(chain)
    if (known === undefined) chains.set(chain, [rule])
    else known.push(rule)
  }
  return chains
}

/**
 * Sends packets through a chain.
 * @param reach when packets enter it.
 * @returns when packets come out at its end or by `return`.
 */
export function walkChain(walk: ChainWalk, chain: string, reach: Condition): Condition {
  return walkFrom(walk, chain, reach, 0, { steps: 0 })
}

function walkFrom(
  walk: ChainWalk,
  chain: string,
  entered: Condition,
  depth: number,
  count: { steps: number },
): Condition {
  if (depth > maxDepth) throw new ChainTooDeepError(`Chain ${chain} is entered from itself.`)
  const { space } = walk.context
  let reach = entered
  let returned = NEVER
  for (const rule of walk.chains.get(chain) ?? []) {
    if (reach === NEVER) break
    if (++count.steps > maxSteps) throw new ChainTooDeepError('The chains have too many ways through them.')
    const match = ruleMatch(rule, walk.packet, walk.context)
    if (match === 'invalid') continue
    const matched = space.and(reach, match)
    if (matched === NEVER) continue
    const action = propertyOf(rule, 'action', 'accept')
    if (action === 'jump') {
      walk.onControl?.(rule, matched)
      const out = walkFrom(walk, propertyOf(rule, 'jump-target'), matched, depth + 1, count)
      reach = space.or(space.without(reach, matched), out)
    } else if (action === 'return') {
      walk.onControl?.(rule, matched)
      returned = space.or(returned, matched)
      reach = space.without(reach, matched)
    } else {
      if (fillsList(rule)) growList(walk, rule, matched)
      if (walk.onMatch(rule, matched) === 'ends') reach = space.without(reach, matched)
    }
  }
  return space.or(reach, returned)
}

function growList(walk: ChainWalk, rule: ViewItem, matched: Condition): void {
  const isSource = propertyOf(rule, 'action') === 'add-src-to-address-list'
  const isReply = walk.packet.moment === 'reply'
  for (const list of listOf(propertyOf(rule, 'address-list'))) {
    walk.context.growth.add(list, isSource === isReply ? 'device' : 'manager', matched)
  }
}
