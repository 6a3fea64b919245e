import { propertyOf } from '../../impact/device-view.js'
import { isInputGuarded } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** The bandwidth test server is on without need. */
export const noBandwidthServer: Rule = {
  id: 'no-bandwidth-server',
  category: 'exposure',
  summary: 'The bandwidth test server is on without need.',
  recommended: 'off',
  security: 'warn',
  needsFullExport: true,
  *check(source) {
    const item = source.view.one('/tool bandwidth-server')
    const enabled = propertyOf(item, 'enabled', 'yes')
    if (enabled !== 'yes' || isInputGuarded(source)) return
    yield {
      range: item === undefined ? source.headRange : source.propertyRange(item, 'enabled'),
      message:
        'The bandwidth test server is on (the default): whoever can log in, or reach it without authentication, can fill the line.',
    }
  },
}
