import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { importRevisions, openImportSource, planImport } from '@tod/adapters/git'
import type { Device, SecretBox, TenantScope } from '@tod/core'
import type { Command } from 'commander'
import { openTransit } from '../../wiring.js'
import { type ProgramStreams, withLocal } from '../command-context.js'
import type { OpenedLocal } from '../open-local.js'
import { isoTime, printList, printObject } from '../output.js'
import { UsageError } from '../usage-error.js'

interface ImportOptions {
  readonly apply?: boolean
  readonly branch?: string
  readonly secrets: string
  readonly transitKey?: string
}

/** Where a device comes from is not in its backups: it cannot be contacted until somebody says where it is. */
const unknownHost = 'unknown.invalid'

/** A device for each name of the source: the one that has this name, or a new one. */
async function adoptDevices(
  { local, findDevice }: OpenedLocal,
  scope: TenantScope,
  names: readonly string[],
): Promise<ReadonlyMap<string, Device>> {
  const devices = new Map<string, Device>()
  for (const name of names) {
    const known = await findDevice(scope, name).catch(() => undefined)
    const device = { deviceId: randomUUID(), name, host: unknownHost, port: 22 }
    devices.set(name, known ?? (await local.database.devices.put(scope, device)))
  }
  return devices
}

function openForeignBox({ config }: OpenedLocal, key: string | undefined): SecretBox | undefined {
  if (key === undefined) return undefined
  const box = openTransit(config, { foreignKeyName: () => key })
  if (box !== undefined) return box
  throw new UsageError('--transit-key needs TOD_TRANSIT_ADDRESS and TOD_TRANSIT_TOKEN.')
}

export function addImportCommand(program: Command, streams: ProgramStreams): void {
  program
    .command('import')
    .argument(
      '<source>',
      'git repository (a folder or file per device, as Oxidized and RANCID write) or folder of files',
    )
    .option('--branch <name>', 'branch of a git repository, in place of what HEAD names')
    .option('--secrets <what>', 'whether its exports hold secrets: included or omitted', 'omitted')
    .option(
      '--transit-key <name>',
      'key with which another system has sealed its backups in OpenBao or Vault (TOD_TRANSIT_ADDRESS, TOD_TRANSIT_TOKEN)',
    )
    .option('--apply', 'bring them in; without it only what would be brought is shown')
    .description('Bring in the backups of another system with their history and dates')
    .addHelpText(
      'after',
      '\nExample:\n  tod import /srv/oxidized/routers.git\n  tod import /srv/oxidized/routers.git --apply',
    )
    .action((path: string, options: ImportOptions, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const secrets = (['included', 'omitted'] as const).find((known) => known === options.secrets)
        if (secrets === undefined) throw new UsageError('--secrets: included or omitted.')
        if (!existsSync(path)) throw new UsageError(`There is nothing at '${path}'.`)
        const scope = await opened.scopeOf(tenant)
        const source = await openImportSource(path, options.branch)
        const plan = await planImport(source)
        const foreignBox = openForeignBox(opened, options.transitKey)
        const needsKey = plan.sealedRevisions > 0 && foreignBox === undefined
        const sealed = `${plan.sealedRevisions} revisions are sealed by OpenBao or Vault: name the key with --transit-key.`
        if (!options.apply) {
          printList(output, plan.devices, {
            DEVICE: (device) => device.deviceName,
            REVISIONS: (device) => String(device.revisions),
            FIRST: (device) => isoTime(device.firstAt),
            LAST: (device) => isoTime(device.lastAt),
          })
          for (const file of plan.skipped) streams.err(`passed over: ${file.path}: ${file.reason}\n`)
          if (needsKey) streams.err(`${sealed}\n`)
          streams.err('Nothing was brought in: this was a dry run. Add --apply.\n')
          return
        }
        if (needsKey) throw new UsageError(sealed)
        const names = plan.devices.map((device) => device.deviceName)
        const devices = await adoptDevices(opened, scope, names)
        const report = await importRevisions(opened.local.tod.ports, scope, source, {
          deviceFor: (name) => devices.get(name),
          secrets,
          ...(foreignBox === undefined ? {} : { foreignBox }),
        })
        printObject(output, { ...report, skipped: report.skipped.length, devices: devices.size })
      }),
    )
}
