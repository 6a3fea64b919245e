import { createPostgresRoles, migratePostgres } from '@tod/adapters/postgres'
import { migrateQueue } from '@tod/adapters/queue'
import type { Command } from 'commander'
import type { ProgramStreams, SharedOptions } from '../command-context.js'
import { printObject } from '../output.js'
import { UsageError } from '../usage-error.js'

export function addDatabaseCommands(program: Command, streams: ProgramStreams): void {
  const database = program.command('database').description('PostgreSQL: roles and schema')
  database
    .command('create-roles')
    .description(
      'Make the roles tod_app and tod_system (TOD_DATABASE_ADMIN_URL), tod_app with the password in TOD_DATABASE_APP_PASSWORD',
    )
    .action(async (_options: object, command: Command) => {
      const connectionString = variable('TOD_DATABASE_ADMIN_URL')
      await createPostgresRoles({ connectionString, appPassword: variable('TOD_DATABASE_APP_PASSWORD') })
      printObject(outputOf(command, streams), { roles: ['tod_app', 'tod_system'] })
    })
  database
    .command('migrate')
    .description('Bring the schema up to date, as the owner of the tables (TOD_DATABASE_OWNER_URL)')
    .action(async (_options: object, command: Command) => {
      const connectionString = variable('TOD_DATABASE_OWNER_URL')
      const migrations = await migratePostgres({ connectionString })
      await migrateQueue({ connectionString })
      printObject(outputOf(command, streams), { migrations })
    })
}

/** Connection strings hold passwords: they come by the environment, where a list of processes does not show them. */
function variable(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new UsageError(`Set ${name}.`)
  return value
}

function outputOf(command: Command, streams: ProgramStreams) {
  return { ...streams, json: command.optsWithGlobals<SharedOptions>().json ?? false }
}
