import { propertyOf } from '../../impact/device-view.js'
import { managementServices } from '../../impact/service-check.js'
import { isInputGuarded } from '../firewall-rules.js'
import type { Rule } from '../rule.js'

/** A management service takes connections from everywhere: no address= and no guarded input chain. */
export const useServiceAddress: Rule = {
  id: 'use-service-address',
  category: 'exposure',
  summary: 'A management service takes connections from everywhere: no address= and no guarded input chain.',
  recommended: 'warn',
  security: 'warn',
  needsFullExport: true,
  *check(source) {
    if (isInputGuarded(source)) return
    const open = managementServices(source.view).filter(
      (service) =>
        !(
          !service.enabled ||
          !guarded.has(service.name) ||
          propertyOf(service.item, 'address') !== '' ||
          propertyOf(service.item, 'available-from') !== ''
        ),
    )
    if (open.length === 0) return
    const names = open.map((service) => service.name).join(', ')
    const stated = open.find((service) => service.item !== undefined)?.item
    yield {
      range: stated === undefined ? source.headRange : source.rangeOf(stated),
      message:
        open.length === 1
          ? `Service ${names} has no address= and chain input refuses nobody: the whole world may try passwords.`
          : `Services ${names} have no address= and chain input refuses nobody: the whole world may try passwords.`,
    }
  },
}

const guarded = new Set(['winbox', 'ssh', 'api', 'api-ssl', 'telnet', 'www', 'ftp'])
