import { propertyOf } from '../../impact/device-view.js'
import { chainsOf, isInputGuarded, matchersOf, refuses } from '../firewall-rules.js'
import type { LintSource } from '../lint-source.js'
import type { Rule } from '../rule.js'

/** The device answers DNS requests and nothing keeps the world from asking. */
export const noOpenDnsResolver: Rule = {
  id: 'no-open-dns-resolver',
  category: 'exposure',
  summary: 'The device answers DNS requests and nothing keeps the world from asking.',
  recommended: 'warn',
  security: 'error',
  needsFullExport: true,
  *check(source) {
    const item = source.view.one('/ip dns')
    if (item === undefined || propertyOf(item, 'allow-remote-requests', 'no') !== 'yes') return
    if (isInputGuarded(source) || refusesDns(source)) return
    yield {
      range: source.propertyRange(item, 'allow-remote-requests'),
      message:
        'allow-remote-requests=yes without a rule in chain input that refuses strangers makes an open resolver.',
    }
  },
}

function refusesDns(source: LintSource): boolean {
  return ['/ip firewall filter', '/ip firewall raw'].some((menu) =>
    [...chainsOf(source, menu).values()].flat().some((rule) => {
      const ports = matchersOf(rule).get('dst-port')?.split(',') ?? []
      return refuses(rule) && ports.includes('53')
    }),
  )
}
