import type { ArgumentNode } from '@tod/rsc-parser'
import type { RouterCore } from '../router-core.js'

const READING = new Set(['print', 'get', 'find', 'export', 'monitor', 'edit'])

/** Menus whose changes need policy `policy`. Source: manual, User. */
const POLICY_MENUS = ['/user', '/system script', '/system scheduler']

/**
 * Rights that a command needs (facts 2.5). A write to a file needs `ftp`, though the manual says two things about it:
 * option `files-need-ftp`.
 */
export function requiredPolicies(
  router: RouterCore,
  menu: string,
  verb: string,
  args: readonly ArgumentNode[],
): readonly string[] {
  const ftp = router.settings.behaviour.filesNeedFtp ? ['ftp'] : []
  const key = `${menu} ${verb}`
  if (verb === 'export') {
    return args.some((argument) => argument.name?.text === 'file') ? ['read', ...ftp] : ['read']
  }
  if (key === '/system backup save') return ['read', 'sensitive', ...ftp]
  if (key === '/system backup load') return ['write', 'policy', 'sensitive', 'reboot']
  if (key === '/system reset-configuration') return ['write', 'policy', 'sensitive', 'reboot']
  if (key === '/system reboot' || key === '/system shutdown') return ['reboot']
  if (menu === '/tool' || menu === '/ping') return ['test']
  if (menu === '/log') return verb === 'print' || verb === 'find' || verb === 'get' ? ['read'] : []
  if (READING.has(verb)) return ['read']
  if (menu === '/file') return ftp.length > 0 ? ['write', ...ftp] : ['write']
  if (key === '/system script run') return ['test']
  if (POLICY_MENUS.some((path) => menu === path || menu.startsWith(`${path} `))) return ['write', 'policy']
  return ['write']
}
