import { propertyOf } from '../../impact/device-view.js'
import { managementServices } from '../../impact/service-check.js'
import type { Rule } from '../rule.js'

/** telnet, ftp, www or api is switched on: passwords travel in clear text. */
export const noClearTextService: Rule = {
  id: 'no-clear-text-service',
  category: 'exposure',
  summary: 'telnet, ftp, www or api is switched on: passwords travel in clear text.',
  recommended: 'off',
  security: 'warn',
  needsFullExport: true,
  *check(source) {
    for (const service of managementServices(source.view)) {
      if (!service.enabled || !clearText.has(service.name)) continue
      const { item } = service
      if (item !== undefined && propertyOf(item, 'address') !== '') continue
      yield {
        range: item === undefined ? source.document.header.range : source.rangeOf(item),
        message: `Service ${service.name} is on${item === undefined ? ' (the default)' : ''} and takes passwords in clear text from everywhere.`,
      }
    }
  },
}

const clearText = new Set(['telnet', 'ftp', 'www', 'api'])
