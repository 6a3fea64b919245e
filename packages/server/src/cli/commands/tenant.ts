import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { toTenantBody } from '../../routes/tenants/tenant-body.js'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { uuidText } from '../option-values.js'
import { printList, printObject } from '../output.js'
import { UsageError } from '../usage-error.js'
import { addTenantSettingsCommand } from './tenant-settings.js'

const principal = { id: 'cli', role: 'super_admin', tenantId: null } as const

export function addTenantCommands(program: Command, streams: ProgramStreams): void {
  const tenant = program.command('tenant').description('Tenants: whom devices belong to')
  tenant
    .command('add')
    .argument('<name>', 'name for people')
    .option('--id <uuid>', 'id to use in place of a new one', uuidText)
    .description('Add a tenant, or rename the one of that id')
    .addHelpText('after', '\nExample:\n  tod tenant add acme')
    .action((name: string, options: { id?: string }, command: Command) =>
      withLocal(command, streams, async ({ opened: { local }, output }) => {
        const scope = await local.guard.enter(principal, options.id ?? randomUUID(), 'administer')
        const added = await local.database.tenants.put(scope, { name })
        printObject(output, { tenant_id: added.tenantId, name: added.name })
      }),
    )
  tenant
    .command('list')
    .description('List all tenants')
    .action((_options: object, command: Command) =>
      withLocal(command, streams, async ({ opened: { local }, output }) => {
        const tenants = await local.database.tenants.list(local.guard.openSystemScope('maintenance'))
        printList(output, tenants.map(toTenantBody), {
          ID: (row) => row.tenant_id,
          NAME: (row) => row.name ?? '',
          CREATED: (row) => row.created_at,
        })
      }),
    )
  tenant
    .command('remove')
    .argument('<tenant>', 'id or name')
    .description('Remove a tenant that has no devices; its API keys are refused, its repository stays')
    .action((wanted: string, _options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output }) => {
        const scope = await opened.scopeOf(wanted)
        const outcome = await opened.local.database.tenants.remove(scope)
        if (outcome === 'has-devices') {
          throw new UsageError(
            'The tenant has devices: remove them first (`tod device list`, `tod device remove`).',
          )
        }
        printObject(output, { removed: scope.tenantId })
      }),
    )
  addTenantSettingsCommand(tenant, streams)
}
