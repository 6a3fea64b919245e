import { type BackupEncryption, openBackup, sealBackup } from '../backup/backup-container.js'
import { RouterError } from '../language/router-error.js'
import { NOTHING } from '../language/script-value.js'
import type { RouterCore } from '../router-core.js'
import { type ConfigSnapshot, restoreSnapshot, takeSnapshot } from '../state/snapshot.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'

/** Assumption: the sources know no text for a backup that cannot be loaded. */
const LOAD_FAILED = 'failure: could not load backup: wrong password or damaged file'

/** Name a backup gets when none is given: identity, date, time. */
function defaultName(router: RouterCore): string {
  const stamp = new Date(router.host.clock.localMs()).toISOString().replace(/[-:]/g, '').slice(0, 13)
  return `${router.config.singleton('/system identity').values.get('name')?.toString() ?? 'MikroTik'}-${stamp.replace('T', '-')}`
}

/** Writes a backup of the whole state to a file. */
export async function saveBackup(
  router: RouterCore,
  file: string,
  encryption: BackupEncryption,
  password: string,
): Promise<void> {
  const salt = Buffer.from(Array.from({ length: 32 }, () => Math.floor(router.host.random() * 256)))
  const content = Buffer.from(JSON.stringify(takeSnapshot(router.config)), 'latin1')
  await router.host.files.write(file, sealBackup(content, encryption, password, salt))
}

function withSuffix(name: string): string {
  return name.endsWith('.backup') ? name : `${name}.backup`
}

const save: MenuCommand = async (call) => {
  const { router, args, execution } = call
  const file = withSuffix(args.text('name') ?? defaultName(router))
  const password = args.text('password') ?? ''
  const isPlain = password === '' || args.isYes('dont-encrypt')
  const wanted = args.text('encryption') === 'rc4' ? 'rc4' : 'aes-sha256'
  const trouble = await router.host.checkpoint({ at: 'backup-save', file })
  if (trouble !== undefined) throw new RouterError(trouble)
  await saveBackup(router, file, isPlain ? 'none' : wanted, password)
  execution.session.write('Configuration backup saved\n')
  return NOTHING
}

const load: MenuCommand = async (call) => {
  const { router, args, execution } = call
  const { session } = execution
  const name = args.required('name')
  const content = router.host.files.read(name) ?? router.host.files.read(withSuffix(name))
  let password = args.text('password')
  if (session.ask !== undefined) {
    password ??= await session.ask('password: ', { hidden: true })
    const answer = await session.ask('Restore and reboot? [y/N]: ')
    if (!/^y/i.test(answer.trim())) return NOTHING
    session.write('Restoring system configuration\n')
  }
  // Assumption: without a console that could ask, a missing password is an error.
  if (password === undefined) throw new RouterError('missing value(s) of argument(s) password')
  if (content === undefined) throw new RouterError('no such item')
  const trouble = await router.host.checkpoint({ at: 'backup-load', file: withSuffix(name) })
  if (trouble !== undefined) throw new RouterError(trouble)
  const opened = openBackup(content, password)
  if (!opened.ok) throw new RouterError(LOAD_FAILED)
  restoreSnapshot(router.config, JSON.parse(opened.content.toString('latin1')) as ConfigSnapshot)
  session.write('System configuration restored, rebooting now\n')
  router.log('system,info', 'configuration restored from backup')
  router.host.reboot('backup-load')
  return NOTHING
}

/** `/system backup`. */
export const systemBackup: CommandTable = new Map([
  [commandKey('/system backup', 'save'), save],
  [commandKey('/system backup', 'load'), load],
])
