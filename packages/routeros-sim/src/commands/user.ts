import { versionNumbers } from '../export/export-header.js'
import { RouterError } from '../language/router-error.js'
import { NOTHING } from '../language/script-value.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'
import { selectedRecords } from './select-records.js'

/** Key types a version can read. Source: changelog entries; ed25519 public keys from 7.12. */
function canRead(type: string, version: string): boolean {
  const [major, minor] = versionNumbers(version)
  if (type === 'ssh-rsa') return true
  return type === 'ssh-ed25519' && (major > 7 || (major === 7 && minor >= 12))
}

const importKey: MenuCommand = async (call) => {
  const { router, args, execution } = call
  const file = args.required('public-key-file')
  const user = args.text('user') ?? execution.user
  const content = router.host.files.read(file)
  const [type = '', key = '', owner = ''] = Buffer.from(content ?? [])
    .toString('latin1')
    .trim()
    .split(/\s+/)
  if (content === undefined || key === '' || !canRead(type, router.settings.version)) {
    throw new RouterError('unable to load key file (wrong format or bad passphrase)!')
  }
  router.config.add('/user ssh-keys', {
    values: [
      ['user', user],
      ['key', `${type} ${key}`],
      ['key-owner', owner],
    ],
  })
  router.host.files.remove(file)
  return NOTHING
}

const removeActive: MenuCommand = (call) => {
  for (const record of selectedRecords(call)) {
    call.router.host.disconnect({ sessionId: Number.parseInt(record.id.slice(1), 16) })
  }
  return NOTHING
}

/** Keys and sessions of users; accounts themselves are an ordinary list. */
export const user: CommandTable = new Map([
  [commandKey('/user ssh-keys', 'import'), importKey],
  [commandKey('/user active', 'remove'), removeActive],
  [commandKey('/user active', 'request-logout'), removeActive],
])
