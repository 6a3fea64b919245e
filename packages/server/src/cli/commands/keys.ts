import { existsSync, writeFileSync } from 'node:fs'
import { formatRecoveryKit, gatherRecoveryKit } from '@tod/adapters/crypto'
import type { Command } from 'commander'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { printObject } from '../output.js'
import { UsageError } from '../usage-error.js'

const changeKinds = ['master', 'tenant', 'data'] as const

export function addKeysCommands(program: Command, streams: ProgramStreams): void {
  const keys = program.command('keys').description('Keys that content is sealed with')
  keys
    .command('check')
    .description('Show that the master key fits what is stored')
    .action((_options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        await opened.local.keys.check(scope)
        const stored = await opened.local.wrappedKeys.listAll(scope)
        printObject(output, { tenant_id: scope.tenantId, wrapped_keys: stored.length, fits: true })
      }),
    )
  keys
    .command('rotate')
    .argument('<what>', `${changeKinds.join(', ')}: what is renewed`)
    .option('--device <device>', 'with `data`: only this one')
    .addHelpText('after', '\nExample:\n  tod keys rotate data --device edge-1')
    .description('Renew keys for what comes; what is stored stays as it is and stays readable')
    .action((what: string, options: { device?: string }, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const kind = changeKinds.find((known) => known === what)
        if (kind === undefined) throw new UsageError(`What is renewed: ${changeKinds.join(', ')}.`)
        const scope = await opened.scopeOf(tenant)
        const { local } = opened
        const deviceId =
          options.device === undefined ? undefined : (await opened.findDevice(scope, options.device)).deviceId
        const change = kind === 'data' && deviceId !== undefined ? { kind, deviceId } : { kind }
        const report = await local.keys.rotate(scope, change)
        await local.database.audit.append(scope, {
          action: 'keys.rotate',
          deviceId: deviceId ?? null,
          at: local.clock.now(),
          facts: { kind, keys: report.keys },
        })
        printObject(output, { renewed: report.keys })
      }),
    )
  keys
    .command('shred')
    .argument('<device>', 'id or name')
    .requiredOption('--yes-destroy', 'what the device has stored cannot be read any more, by anybody')
    .description('Destroy the keys of a device')
    .action((wanted: string, _options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        const { local } = opened
        const { deviceId } = await opened.findDevice(scope, wanted)
        const report = await local.keys.shred(scope, deviceId)
        const facts = { keys: report.keys }
        await local.database.audit.append(scope, {
          action: 'keys.shred',
          deviceId,
          at: local.clock.now(),
          facts,
        })
        printObject(output, { destroyed: report.keys })
      }),
    )
  keys
    .command('export')
    .argument('<file>', 'where to write it (mode 0600); it must not exist')
    .description('Write a recovery kit: with it and the repositories everything can be read')
    .action((file: string, _options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output }) => {
        if (existsSync(file))
          throw new UsageError(`There is something at '${file}' already: it is not overwritten.`)
        const { local } = opened
        const system = local.guard.openSystemScope('maintenance')
        const tenants = await local.database.tenants.list(system)
        const scopes = tenants.map(({ tenantId }) => local.guard.enterAsSystem(system, tenantId))
        const kit = await gatherRecoveryKit(local.masterKeys, local.wrappedKeys, scopes)
        writeFileSync(file, formatRecoveryKit(kit), { mode: 0o600, flag: 'wx' })
        printObject(output, { written: file, tenants: tenants.length })
      }),
    )
}
