import type { Rule } from '../rule.js'

/** Menus that fail to export on healthy devices. */
const harmless = /^\/(interface bridge calea|ip firewall calea|tool user-manager|user-manager)( |$)/

/** A menu that the device could not export. */
export const noFailedMenu: Rule = {
  id: 'no-failed-menu',
  category: 'syntax',
  summary: 'A menu that the device could not export is missing from the file.',
  recommended: 'warn',
  security: 'warn',
  *check({ document }) {
    for (const menu of document.incompleteMenus) {
      if (harmless.test(menu.path)) continue
      const reason = menu.reason === undefined ? '' : ` (${menu.reason})`
      yield {
        range: menu.range,
        message: `The device could not export ${menu.path}${reason}: what it holds is not in this file.`,
      }
    }
  },
}
