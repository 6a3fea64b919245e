import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** The PPTP server is on: its encryption is broken. */
export const noPptpServer: Rule = {
  id: 'no-pptp-server',
  category: 'exposure',
  summary: 'The PPTP server is on: its encryption is broken.',
  recommended: 'warn',
  security: 'error',

  *check(source) {
    const item = source.view.one('/interface pptp-server server')
    if (item === undefined || propertyOf(item, 'enabled', 'no') !== 'yes') return
    yield {
      range: source.propertyRange(item, 'enabled'),
      message: 'PPTP can be decrypted by whoever listens; use WireGuard, IPsec or SSTP.',
    }
  },
}
