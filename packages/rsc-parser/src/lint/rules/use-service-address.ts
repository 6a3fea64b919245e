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
    for (const service of managementServices(source.view)) {
      const { item, name } = service
      if (!service.enabled || !guarded.has(name)) continue
      if (propertyOf(item, 'address') !== '' || propertyOf(item, 'available-from') !== '') continue
      yield {
        range: item === undefined ? source.document.header.range : source.rangeOf(item),
        message: `Service ${name} has no address= and chain input refuses nobody: the whole world may try passwords.`,
      }
    }
  },
}

const guarded = new Set(['winbox', 'ssh', 'api', 'api-ssl', 'telnet', 'www', 'ftp'])
