import { NOTHING } from '../language/script-value.js'
import type { RouterCore } from '../router-core.js'
import { bareConfig } from '../state/bare-config.js'
import { isInterfaceMenu } from '../state/interface-family.js'
import { factsFor } from '../state/menu-knowledge.js'
import { restoreSnapshot, takeSnapshot } from '../state/snapshot.js'
import { storeValues } from './generic/change-items.js'
import { type CommandTable, commandKey, type MenuCommand } from './menu-command.js'
import { saveBackup } from './system-backup.js'

const reboot: MenuCommand = async ({ router, execution }) => {
  const { session } = execution
  if (session.ask !== undefined) {
    const answer = await session.ask('Reboot, yes? [y/N]: ')
    if (!/^y/i.test(answer.trim())) return NOTHING
    session.write('system will reboot shortly\n')
  }
  router.log('system,info', 'router rebooted')
  router.host.reboot('reboot')
  return NOTHING
}

const shutdown: MenuCommand = async ({ router, execution }) => {
  const { session } = execution
  if (session.ask !== undefined) {
    const answer = await session.ask('Shutdown, yes? [y/N]: ')
    if (!/^y/i.test(answer.trim())) return NOTHING
    session.write('system will shutdown promptly\n')
  }
  router.host.reboot('shutdown')
  return NOTHING
}

/** Puts the configuration back to that of a router without any; ports stay, accounts when asked. */
function clearConfiguration(router: RouterCore, keepUsers: boolean): void {
  const before = takeSnapshot(router.config)
  const bare = bareConfig(factsFor(router.major), router.settings.version)
  for (const saved of before.menus) {
    const isHardware = isInterfaceMenu(saved.path)
    const isAccounts = keepUsers && /^\/user(?: group| ssh-keys)?$/.test(saved.path)
    if (!isHardware && !isAccounts) continue
    if (isAccounts) {
      const menu = bare.ensureMenu(saved.path)
      for (const item of [...menu.items]) bare.remove(item)
    }
    for (const [id, values, base, handle, marks] of saved.items) {
      if (isHardware && handle === null) continue
      const kept = isAccounts ? values : []
      bare.add(saved.path, {
        id,
        values: kept.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
        base: base.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
        ...(handle === null ? {} : { handle }),
        fixed: marks.includes('f'),
      })
    }
  }
  if (!keepUsers)
    bare.add('/user', {
      values: [
        ['name', 'admin'],
        ['group', 'full'],
        ['password', ''],
      ],
    })
  const snapshot = takeSnapshot(bare)
  restoreSnapshot(router.config, { ...snapshot, ids: before.ids })
}

const resetConfiguration: MenuCommand = async ({ router, execution, args }) => {
  const { session } = execution
  if (session.ask !== undefined) {
    const answer = await session.ask('Dangerous! Reset anyway? [y/N]: ')
    if (!/^y/i.test(answer.trim())) return NOTHING
    session.write('system configuration will be reset\n')
  }
  if (!args.isYes('skip-backup')) await saveBackup(router, 'auto-before-reset.backup', 'none', '')
  const script = args.text('run-after-reset')
  clearConfiguration(router, args.isYes('keep-users'))
  router.runAfterReset = script
  router.host.reboot('reset')
  return NOTHING
}

const setClock: MenuCommand = (call) => {
  const { router, args } = call
  const zone = args.text('time-zone-name')
  router.setClock({
    ...(args.text('date') === undefined ? {} : { date: args.text('date') ?? '' }),
    ...(args.text('time') === undefined ? {} : { time: args.text('time') ?? '' }),
  })
  const changes = new Map<string, string>()
  if (zone !== undefined) changes.set('time-zone-name', zone)
  const autodetect = args.text('time-zone-autodetect')
  if (autodetect !== undefined) changes.set('time-zone-autodetect', autodetect)
  const item = router.config.singleton('/system clock')
  storeValues(call, router.config.ensureMenu('/system clock'), item, changes)
  if (zone !== undefined) router.applyTimeZone()
  return NOTHING
}

/** `/system reboot`, `shutdown`, `reset-configuration`, and `/system clock set`. */
export const system: CommandTable = new Map([
  [commandKey('/system', 'reboot'), reboot],
  [commandKey('/system', 'shutdown'), shutdown],
  [commandKey('/system', 'reset-configuration'), resetConfiguration],
  [commandKey('/system clock', 'set'), setClock],
])
