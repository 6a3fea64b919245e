import { actionOf, chainsOf, filterMenus, matchersOf, refuses } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** Fasttrack that marks more than established connections, or packets nobody accepts afterwards. */
export const noFasttrackWithoutAccept: Rule = {
  id: 'no-fasttrack-without-accept',
  category: 'firewall',
  summary:
    'fasttrack-connection without connection-state=established,related, or without an accept behind it.',
  recommended: 'warn',
  security: 'warn',
  *check(source) {
    for (const menu of filterMenus) {
      for (const [chain, rules] of chainsOf(source, menu)) {
        for (const [index, rule] of rules.entries()) {
          if (actionOf(rule) !== 'fasttrack-connection') continue
          const states = matchersOf(rule).get('connection-state') ?? ''
          if (!states.split(',').includes('established') || /\b(new|invalid)\b/.test(states)) {
            yield {
              range: source.rangeOf(rule),
              message:
                'fasttrack-connection without connection-state=established,related takes new connections past the firewall.',
            }
            continue
          }
          const isAccepted = rules
            .slice(index + 1)
            .some(
              (later) =>
                actionOf(later) === 'accept' &&
                (matchersOf(later).get('connection-state') ?? 'established').includes('established'),
            )
          if (isAccepted || chain !== 'forward' || !rules.slice(index + 1).some(refuses)) continue
          yield {
            range: source.rangeOf(rule),
            message:
              'No rule behind this one accepts established connections: packets that fasttrack does not take fall through.',
          }
        }
      }
    }
  },
}
