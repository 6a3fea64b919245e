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
    const open = managementServices(source.view).filter(
      (service) =>
        !(!service.enabled || !clearText.has(service.name) || propertyOf(service.item, 'address') !== ''),
    )
    if (open.length === 0) return
    const names = open.map((service) => service.name).join(', ')
    const stated = open.find((service) => service.item !== undefined)?.item
    yield {
      range: stated === undefined ? source.headRange : source.rangeOf(stated),
      message:
        open.length === 1
          ? `Service ${names} takes passwords in clear text and has no address=.`
          : `Services ${names} take passwords in clear text and have no address=.`,
    }
  },
}

const clearText = new Set(['telnet', 'ftp', 'www', 'api'])
