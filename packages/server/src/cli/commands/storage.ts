import type { TenantScope } from '@tod/core'
import type { Command } from 'commander'
import { type CommandContext, type ProgramStreams, withLocal } from '../command-context.js'
import { CommandFailed } from '../command-failed.js'
import { exitCodes } from '../exit-codes.js'
import { printList, printObject } from '../output.js'
import { UsageError } from '../usage-error.js'

/** Objects younger than this are spared: a backup that runs may not have listed them yet. */
const spareMs = 2 * 3600 * 1000

const policyNames = ['last', 'days', 'daily', 'weekly', 'monthly'] as const

function readPolicy(options: Readonly<Record<string, string | boolean | undefined>>) {
  const policy: Partial<Record<(typeof policyNames)[number], number>> = {}
  for (const name of policyNames) {
    const text = options[name]
    if (text === undefined) continue
    const value = Number(text)
    if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name}: a whole number above 0.`)
    policy[name] = value
  }
  if (Object.keys(policy).length === 0) {
    throw new UsageError(`Say what to keep: ${policyNames.map((name) => `--${name}`).join(', ')}.`)
  }
  return policy
}

export function addStorageCommands(program: Command, streams: ProgramStreams): void {
  const storage = program.command('storage').description('The repository of a tenant')
  const inTenant = (
    command: Command,
    action: (context: CommandContext, scope: TenantScope) => Promise<void>,
  ): Promise<void> =>
    withLocal(command, streams, async (context) =>
      action(context, await context.opened.scopeOf(context.tenant)),
    )

  storage
    .command('stats')
    .description('Count devices, revisions, objects and bytes')
    .action((_options: object, command: Command) =>
      inTenant(command, async ({ opened, output }, scope) => {
        printObject(output, await opened.local.maintenance.stats(scope))
      }),
    )
  storage
    .command('verify')
    .description('Read everything and report what is damaged; exit 1 if anything is')
    .action((_options: object, command: Command) =>
      inTenant(command, async ({ opened, output }, scope) => {
        const { checkedObjects, damage } = await opened.local.maintenance.verify(scope)
        streams.err(`${checkedObjects} objects checked, ${damage.length} damaged\n`)
        if (damage.length === 0 && !output.json) return
        printList(output, damage, {
          ITEM: ({ item }) => item,
          DAMAGE: ({ kind }) => kind,
          DEVICE: ({ deviceId }) => deviceId ?? '',
        })
        if (damage.length > 0) throw new CommandFailed(exitCodes.failed)
      }),
    )
  storage
    .command('compact')
    .description('Pack loose objects and remove what nothing refers to and nobody has used for two hours')
    .action((_options: object, command: Command) =>
      inTenant(command, async ({ opened, output }, scope) => {
        const { maintenance } = opened.local
        const before = await maintenance.stats(scope)
        const report = await maintenance.compact(scope, { spareMs })
        const after = await maintenance.stats(scope)
        printObject(output, {
          packed_objects: report.packedObjects,
          removed_objects: report.removedObjects,
          bytes_before: before.allocatedBytes,
          bytes_after: after.allocatedBytes,
        })
      }),
    )
  const retain = storage
    .command('retain')
    .description('Drop revisions that no rule keeps; checkpoints, pins and rollback targets always stay')
    .option('--dry-run', 'only count')
    .addHelpText('after', '\nExample:\n  tod storage retain --daily 30 --weekly 26 --monthly 24 --dry-run')
  for (const name of policyNames) {
    const what =
      name === 'days'
        ? 'everything younger, in days'
        : name === 'last'
          ? 'the newest so many'
          : `one each of the last so many: ${name}`
    retain.option(`--${name} <number>`, what)
  }
  retain.action((options: Readonly<Record<string, string | boolean | undefined>>, command: Command) =>
    inTenant(command, async ({ opened, output }, scope) => {
      const policy = readPolicy(options)
      const dryRun = options.dryRun === true
      printObject(output, { ...(await opened.local.retention.apply(scope, policy, { dryRun })), dryRun })
    }),
  )
  program
    .command('reindex')
    .description('Make all rows of a tenant again from its repository; exit 1 if some of it cannot be read')
    .action((_options: object, command: Command) =>
      inTenant(command, async ({ opened, output }, scope) => {
        const { unreadable, damagedDevices, ...report } = await opened.local.tod.reindex.reindex(scope)
        const damaged = damagedDevices.length
        printObject(output, { ...report, unreadable: unreadable.length, damagedDevices: damaged })
        for (const deviceId of damagedDevices) streams.err(`The history of device ${deviceId} is damaged.\n`)
        for (const { deviceId, commitSha } of unreadable)
          streams.err(`Not readable: ${commitSha} of device ${deviceId}\n`)
        if (damaged + unreadable.length > 0) throw new CommandFailed(exitCodes.failed)
      }),
    )
}
