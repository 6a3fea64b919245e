import { CoreError } from '@tod/core'
import { Command, CommanderError } from 'commander'
import { explainError } from '../explain-error.js'
import { serverVersion } from '../start-server.js'
import type { ProgramStreams } from './command-context.js'
import { CommandFailed } from './command-failed.js'
import { addBackupCommands } from './commands/backup.js'
import { addDatabaseCommands } from './commands/database.js'
import { addDeviceCommands } from './commands/device.js'
import { addImportCommand } from './commands/import.js'
import { addKeysCommands } from './commands/keys.js'
import { addOpenCommand } from './commands/open.js'
import { addRecoverCommand } from './commands/recover.js'
import { addRestoreCommands } from './commands/restore.js'
import { addScheduleCommand } from './commands/schedule.js'
import { addServeCommand } from './commands/serve.js'
import { addStorageCommands } from './commands/storage.js'
import { addTenantCommands } from './commands/tenant.js'
import { addTokenCommands } from './commands/token.js'
import { exitCodes } from './exit-codes.js'
import { UsageError } from './usage-error.js'

const firstSteps = `
First steps:
  tod tenant add acme
  printf %s "$PASSWORD" | tod device add --name edge-1 --host 192.0.2.1 --user backup --password-stdin
  tod backup edge-1
  tod list edge-1
  tod restore edge-1 <sha> --preview
  tod serve

Settings come from the environment (docs/operations.md). Exit codes: 0 done, 1 failed, 2 not understood.`

function createProgram(streams: ProgramStreams): Command {
  const program = new Command('tod')
    .description('Backs up RouterOS devices, keeps their history, and restores them under a guard.')
    .version(serverVersion)
    .option('--data <folder>', 'folder of the installation (TOD_DATA)')
    .option('--tenant <id or name>', 'tenant; needed when there are several')
    .option('--json', 'print JSON')
    .addHelpText('after', firstSteps)
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err })
    .configureHelp({ showGlobalOptions: true })
  addServeCommand(program, streams)
  addTenantCommands(program, streams)
  addDeviceCommands(program, streams)
  addTokenCommands(program, streams)
  addBackupCommands(program, streams)
  addScheduleCommand(program, streams)
  addRestoreCommands(program, streams)
  addRecoverCommand(program, streams)
  addStorageCommands(program, streams)
  addKeysCommands(program, streams)
  addOpenCommand(program, streams)
  addImportCommand(program, streams)
  addDatabaseCommands(program, streams)
  return program
}

/** Something that was named is not there, or a value is none. */
const isUsage = (error: unknown): boolean =>
  error instanceof UsageError ||
  (error instanceof CoreError && /_NOT_FOUND$|^(SCHEDULE|REQUEST)_INVALID$/.test(error.code))

/**
 * The command `tod` as a function of its arguments.
 *
 * @param args without the program's own name
 * @returns the exit code: 0 done, 1 failed, 2 not understood
 */
export async function runTod(args: readonly string[], streams: ProgramStreams): Promise<number> {
  try {
    await createProgram(streams).parseAsync([...args], { from: 'user' })
    return exitCodes.done
  } catch (error) {
    if (error instanceof CommandFailed) return error.exitCode
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    }
    streams.err(`tod: ${explainError(error)}\n`)
    return isUsage(error) ? exitCodes.usage : exitCodes.failed
  }
}
