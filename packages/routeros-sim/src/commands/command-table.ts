import { file } from './file.js'
import { ipSsh } from './ip-ssh.js'
import { log } from './log.js'
import type { CommandTable, MenuCommand } from './menu-command.js'
import { safeMode } from './safe-mode.js'
import { system } from './system.js'
import { systemBackup } from './system-backup.js'
import { systemDeviceMode } from './system-device-mode.js'
import { systemScheduler } from './system-scheduler.js'
import { systemScript } from './system-script.js'
import { tool } from './tool.js'
import { user } from './user.js'

/** Verbs that do something of their own in one menu, by menu and verb. */
export const commandTable: CommandTable = new Map<string, MenuCommand>([
  ...system,
  ...systemBackup,
  ...systemDeviceMode,
  ...systemScheduler,
  ...systemScript,
  ...file,
  ...user,
  ...ipSsh,
  ...log,
  ...safeMode,
  ...tool,
])
