import { propertyOf } from '../../impact/device-view.js'
import { allTables, chainsOf, matchersOf } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** Stateful rules on a device that does not track connections. */
export const noStateMatchWithoutTracking: Rule = {
  id: 'no-state-match-without-tracking',
  category: 'firewall',
  summary: 'Rules match the connection state although connection tracking is off.',
  recommended: 'error',
  security: 'error',
  *check(source) {
    const tracking = source.view.one('/ip firewall connection tracking')
    if (tracking === undefined || propertyOf(tracking, 'enabled', 'auto') !== 'no') return
    for (const menu of allTables) {
      for (const rules of chainsOf(source, menu).values()) {
        for (const rule of rules) {
          if (!matchersOf(rule).has('connection-state')) continue
          yield {
            range: source.propertyRange(rule, 'connection-state'),
            message: 'Connection tracking is off, so this rule never matches.',
            related: [
              { range: source.rangeOf(tracking), message: 'Connection tracking is switched off here.' },
            ],
          }
        }
      }
    }
  },
}
