import { writeFileSync } from 'node:fs'
import type { BackupEntry } from '@tod/core'
import type { Command } from 'commander'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { isoTime, printList } from '../output.js'

const columns = {
  SHA: (entry: BackupEntry) => entry.commitSha.slice(0, 12),
  CREATED: (entry: BackupEntry) => isoTime(entry.createdAt),
  TRIGGER: (entry: BackupEntry) => entry.trigger,
  LINES: (entry: BackupEntry) => `+${entry.linesAdded} -${entry.linesRemoved}`,
  VERSION: (entry: BackupEntry) => entry.routerosVersion,
}

export function addBackupCommands(program: Command, streams: ProgramStreams): void {
  program
    .command('backup')
    .argument('<device>', 'id or name')
    .option('--checkpoint', 'a place to return to: retention never drops it')
    .description('Back a device up now')
    .action((wanted: string, options: { checkpoint?: boolean }, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        const { deviceId } = await opened.findDevice(scope, wanted)
        const trigger = options.checkpoint ? 'checkpoint' : 'manual'
        printList(output, [await opened.local.tod.backups.backUp(scope, { deviceId, trigger })], columns)
      }),
    )
  program
    .command('list')
    .argument('<device>', 'id or name')
    .option('--limit <number>', 'at most so many', '50')
    .description('List backups of a device, newest first')
    .action((wanted: string, options: { limit: string }, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        const { deviceId } = await opened.findDevice(scope, wanted)
        const limit = Number(options.limit) || 50
        printList(output, await opened.local.tod.backups.list(scope, { deviceId, limit }), columns)
      }),
    )
  for (const kind of ['export', 'binary'] as const) {
    program
      .command(kind)
      .argument('<device>', 'id or name')
      .argument('<sha>', 'revision, or the beginning of its sha')
      .option('--output <file>', 'write to a file (mode 0600) in place of standard output')
      .description(kind === 'export' ? 'Print the stored export' : 'Print the stored binary backup')
      .action((wanted: string, commitSha: string, options: { output?: string }, command: Command) =>
        withLocal(command, streams, async ({ opened, tenant }) => {
          const scope = await opened.scopeOf(tenant)
          const { deviceId } = await opened.findDevice(scope, wanted)
          const { backups } = opened.local.tod
          const read =
            kind === 'export'
              ? backups.readExport(scope, { deviceId, commitSha })
              : backups.readBinary(scope, { deviceId, commitSha })
          const bytes = await read
          if (options.output === undefined) streams.outBytes(bytes)
          else writeFileSync(options.output, bytes, { mode: 0o600 })
        }),
      )
  }
}
