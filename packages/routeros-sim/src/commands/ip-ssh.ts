import { NOTHING } from '../language/script-value.js'
import type { MenuCommand } from './menu-command.js'

/** A new host key: open sessions stay, the next client sees another key. */
const regenerateHostKey: MenuCommand = ({ router }) => {
  router.host.regenerateHostKey()
  router.log('ssh,info', 'SSH host key regenerated')
  return NOTHING
}

/** Verbs of `/ip ssh` beside its settings. */
export const ipSsh: readonly (readonly [string, MenuCommand])[] = [
  ['/ip ssh regenerate-host-key', regenerateHostKey],
]
