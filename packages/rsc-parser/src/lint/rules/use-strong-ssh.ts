import { propertyOf } from '../../impact/device-view.js'
import type { Rule } from '../rule.js'

/** The SSH server accepts weak algorithms. */
export const useStrongSsh: Rule = {
  id: 'use-strong-ssh',
  category: 'exposure',
  summary: 'The SSH server accepts weak algorithms.',
  recommended: 'off',
  security: 'warn',
  needsFullExport: true,
  *check(source) {
    const item = source.view.one('/ip ssh')
    if (propertyOf(item, 'strong-crypto', 'no') === 'yes') return
    yield {
      range: item === undefined ? source.headRange : source.rangeOf(item),
      message: 'Without strong-crypto=yes the SSH server takes old ciphers, hashes and key exchanges.',
    }
  },
}
