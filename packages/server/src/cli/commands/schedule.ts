import type { Command } from 'commander'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { printObject } from '../output.js'

export function addScheduleCommand(program: Command, streams: ProgramStreams): void {
  program
    .command('schedule')
    .argument('<device>', 'id or name')
    .argument('[cron]', 'five fields, UTC; without it the schedule in force is shown')
    .option('--off', 'keep the schedule but make no backups by it')
    .option('--default', 'follow the tenant’s default again')
    .description('Show or change when a device is backed up')
    .addHelpText('after', "\nExample:\n  tod schedule edge-1 '30 1 * * *'")
    .action(
      (
        wanted: string,
        cron: string | undefined,
        options: { off?: boolean; default?: boolean },
        command: Command,
      ) =>
        withLocal(command, streams, async ({ opened, output, tenant }) => {
          const scope = await opened.scopeOf(tenant)
          const { deviceId } = await opened.findDevice(scope, wanted)
          const { schedules } = opened.local.tod
          if (options.default) await schedules.remove(scope, deviceId)
          const present = await schedules.find(scope, deviceId)
          const isChange = cron !== undefined || options.off
          const schedule = isChange
            ? await schedules.put(scope, deviceId, {
                cronExpression: cron ?? present.cronExpression,
                enabled: options.off !== true,
              })
            : present
          printObject(output, {
            cron_expression: schedule.cronExpression,
            enabled: schedule.enabled,
            is_default: schedule.isDefault,
          })
        }),
    )
}
