import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { toEntryBody } from '../../routes/to-entry-body.js'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { wholeNumber } from '../option-values.js'
import { printList, printObject } from '../output.js'

const extensions = { export: 'rsc', binary: 'backup' } as const

type Entry = ReturnType<typeof toEntryBody>

const columns = {
  SHA: (entry: Entry) => entry.commit_sha.slice(0, 12),
  CREATED: (entry: Entry) => entry.created_at,
  TRIGGER: (entry: Entry) => entry.trigger_type,
  LINES: (entry: Entry) => `+${entry.lines_added} -${entry.lines_removed}`,
  VERSION: (entry: Entry) => entry.routeros_version,
}

export function addBackupCommands(program: Command, streams: ProgramStreams): void {
  program
    .command('backup')
    .argument('<device>', 'id or name')
    .option('--checkpoint', 'a place to return to: retention never drops it')
    .description('Back a device up now')
    .addHelpText('after', '\nExamples:\n  tod backup edge-1\n  tod backup edge-1 --checkpoint --json')
    .action((wanted: string, options: { checkpoint?: boolean }, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        const { deviceId } = await opened.findDevice(scope, wanted)
        const trigger = options.checkpoint ? 'checkpoint' : 'manual'
        const entry = toEntryBody(await opened.local.tod.backups.backUp(scope, { deviceId, trigger }))
        if (output.json) printObject(output, entry)
        else printList(output, [entry], columns)
      }),
    )
  program
    .command('list')
    .argument('<device>', 'id or name')
    .option('--limit <number>', 'at most so many', wholeNumber(1, 1000), 50)
    .description('List backups of a device, newest first')
    .addHelpText('after', '\nExample:\n  tod list edge-1 --limit 10')
    .action((wanted: string, options: { limit: number }, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        const { deviceId } = await opened.findDevice(scope, wanted)
        const { limit } = options
        const entries = await opened.local.tod.backups.list(scope, { deviceId, limit })
        printList(output, entries.map(toEntryBody), columns)
      }),
    )
  for (const kind of ['export', 'binary'] as const) {
    program
      .command(kind)
      .argument('<device>', 'id or name')
      .argument('<sha>', 'revision, or the beginning of its sha')
      .option('--output <file>', 'write to a file (mode 0600) in place of standard output')
      .description(kind === 'export' ? 'Print the stored export' : 'Print the stored binary backup')
      .addHelpText('after', `\nExample:\n  tod ${kind} edge-1 3c1ea62f --output edge-1.${extensions[kind]}`)
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
