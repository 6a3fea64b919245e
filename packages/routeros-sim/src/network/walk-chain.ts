import { ruleMatches } from './match-rule.js'
import type { NetworkState, Row } from './network-state.js'
import type { Packet } from './packet.js'

/** How a packet leaves a chain, and by which rule; no rule means the end of the built-in chain. */
export interface ChainVerdict {
  readonly action: 'accept' | 'drop' | 'reset' | 'notrack' | 'nat'
  readonly rule?: Row
  /** `/ip firewall filter chain=input rule 3` */
  readonly because: string
}

const DEPTH_LIMIT = 32

/** A rule as people find it: menu, chain, and its 0-based number. */
function describe(path: string, rule: Row): string {
  const comment = rule.get('comment')
  const number = rule.menu.items.indexOf(rule.item)
  return `${path} rule ${number} (${rule.get('action') ?? 'accept'}${comment === undefined || comment === '' ? '' : `, ${comment}`})`
}

type Step = ChainVerdict | 'return' | 'end'

/** Walks rules of a chain from top to bottom; the first that ends the walk decides, the end of the chain accepts. */
export function walkChain(net: NetworkState, path: string, chain: string, packet: Packet): ChainVerdict {
  const rules = net.rows(path)
  const walk = (name: string, depth: number): Step => {
    if (depth > DEPTH_LIMIT) return 'end'
    for (const rule of rules) {
      if (rule.get('chain') !== name || !ruleMatches(rule, packet, net)) continue
      const because = describe(path, rule)
      switch (rule.get('action') ?? 'accept') {
        case 'accept':
          return { action: 'accept', rule, because }
        case 'drop':
        case 'tarpit':
          return { action: 'drop', rule, because }
        case 'reject':
          return { action: 'reset', rule, because }
        case 'notrack':
          return { action: 'notrack', rule, because }
        case 'dst-nat':
        case 'redirect':
        case 'netmap':
        case 'same':
          return { action: 'nat', rule, because }
        case 'return':
          return 'return'
        case 'jump': {
          const inner = walk(rule.get('jump-target') ?? '', depth + 1)
          if (inner !== 'return' && inner !== 'end') return inner
          break
        }
        default:
      }
    }
    return 'end'
  }
  const verdict = walk(chain, 0)
  if (verdict === 'return' || verdict === 'end')
    return { action: 'accept', because: `${path} end of ${chain}` }
  return verdict
}
