import { defaultTenantSettings, type TenantSettings } from '@tod/core'
import { type Command, Option } from 'commander'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { wholeNumber } from '../option-values.js'
import { printObject } from '../output.js'

/** The settings of a tenant as options. Each is read into the property of the same name. */
const options: readonly Option[] = [
  new Option('--secrets <what>', 'whether exports are taken with secrets').choices(['include', 'omit']),
  new Option('--binary-backup <when>', 'on-change: only when the export has changed').choices([
    'always',
    'on-change',
    'never',
  ]),
  new Option('--on-lockout <what>', 'restores that would cut the way to the device').choices([
    'proceed',
    'refuse',
  ]),
  new Option('--on-residual <what>', 'restores after which something still differs').choices([
    'keep',
    'revert',
  ]),
  new Option('--backup-during-push <what>', 'backups while a push holds the device').choices([
    'wait',
    'refuse',
  ]),
  new Option('--settle-window-ms <number>', 'wait before a restore is judged').argParser(
    wholeNumber(0, 600_000),
  ),
  new Option('--max-concurrent-backups <number>', 'backups of the tenant at once').argParser(
    wholeNumber(1, 1000),
  ),
]

export function addTenantSettingsCommand(tenant: Command, streams: ProgramStreams): void {
  const settings = tenant
    .command('settings')
    .description('Show the settings of a tenant (--tenant), after changing those that are given')
    .addHelpText('after', '\nExample:\n  tod tenant settings --binary-backup on-change')
  for (const option of options) settings.addOption(option)
  settings.action((changes: Partial<TenantSettings>, command: Command) =>
    withLocal(command, streams, async ({ opened, output, tenant: wanted }) => {
      const scope = await opened.scopeOf(wanted)
      const { settings: store } = opened.local.database
      const own = { ...(await store.find(scope)), ...changes }
      if (Object.keys(changes).length > 0) await store.put(scope, own)
      printObject(output, {
        ...defaultTenantSettings,
        ...(await opened.local.tod.ports.settings.find(scope)),
      })
    }),
  )
}
