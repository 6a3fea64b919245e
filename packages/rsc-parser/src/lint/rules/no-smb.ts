import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** The SMB server is on. */
export const noSmb: Rule = {
  id: 'no-smb',
  category: 'exposure',
  summary: 'The SMB server is on.',
  recommended: 'off',
  security: 'warn',

  *check(source) {
    const item = source.view.one('/ip smb')
    if (item === undefined || propertyOf(item, 'enabled', 'no') !== 'yes') return
    yield {
      range: source.propertyRange(item, 'enabled'),
      message:
        'The SMB server is on: it has been the way in for worms, and shares the flash that backups lie on.',
    }
  },
}
