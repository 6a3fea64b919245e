import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Device, DeviceCredentials } from '@tod/core'
import type { Command } from 'commander'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { printList, printObject } from '../output.js'
import { UsageError } from '../usage-error.js'

interface CredentialOptions {
  readonly user?: string
  readonly passwordStdin?: boolean
  readonly passwordEnv?: string
  readonly key?: string
  readonly passphraseEnv?: string
}

interface DeviceOptions extends CredentialOptions {
  readonly id?: string
  readonly name?: string
  readonly host?: string
  readonly port?: string
  readonly legacy?: boolean
}

function fromEnvironment(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new UsageError(`The environment variable ${name} is not set.`)
  return value
}

/** Secrets come from standard input, a variable or a file, never from the command line that others can read. */
async function readCredentials(
  options: CredentialOptions,
  streams: ProgramStreams,
): Promise<DeviceCredentials | undefined> {
  const { user, passwordStdin, passwordEnv, key, passphraseEnv } = options
  if (user === undefined) return undefined
  const password = passwordStdin
    ? (await streams.readInput()).replace(/\r?\n$/, '')
    : passwordEnv === undefined
      ? undefined
      : fromEnvironment(passwordEnv)
  if (password === undefined && key === undefined) {
    throw new UsageError('--user needs a password (--password-stdin, --password-env) or a key (--key).')
  }
  return {
    username: user,
    ...(password === undefined ? {} : { password }),
    ...(key === undefined ? {} : { privateKey: readFileSync(key, 'utf8') }),
    ...(passphraseEnv === undefined ? {} : { passphrase: fromEnvironment(passphraseEnv) }),
  }
}

function toPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UsageError('--port: a number from 1 to 65535.')
  return port
}

const withCredentials = (command: Command): Command =>
  command
    .option('--user <name>', 'account on the device')
    .option('--password-stdin', 'read its password from standard input')
    .option('--password-env <variable>', 'read its password from an environment variable')
    .option('--key <file>', 'private key (OpenSSH or PEM) to log in with')
    .option('--passphrase-env <variable>', 'variable that holds the passphrase of the key')
    .option('--legacy', 'offer SHA-1 algorithms, for RouterOS 6.4x')

const shown = ({ deviceId, name, host, port }: Device) => ({ device_id: deviceId, name, host, port })

export function addDeviceCommands(program: Command, streams: ProgramStreams): void {
  const device = program.command('device').description('Devices of a tenant')

  withCredentials(device.command('add'))
    .requiredOption('--name <name>', 'name for people')
    .requiredOption('--host <host>', 'name or address of its SSH service')
    .option('--port <number>', 'port of its SSH service', '22')
    .option('--id <uuid>', 'id to use in place of a new one')
    .description('Add a device; its first backup follows the schedule')
    .addHelpText(
      'after',
      '\nExample:\n  printf %s "$PASSWORD" | tod device add --name edge-1 --host 192.0.2.1 --user backup --password-stdin',
    )
    .action((options: DeviceOptions & { name: string; host: string }, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const { local } = opened
        const scope = await opened.scopeOf(tenant)
        const credentials = await readCredentials(options, streams)
        const added = await local.database.devices.put(scope, {
          deviceId: (options.id ?? randomUUID()).toLowerCase(),
          name: options.name,
          host: options.host,
          port: toPort(options.port) ?? 22,
          legacyAlgorithms: options.legacy ?? false,
        })
        if (credentials !== undefined) await local.credentials.put(scope, added.deviceId, credentials)
        await local.tod.schedules.refresh(scope, added.deviceId)
        printObject(output, shown(added))
      }),
    )

  withCredentials(device.command('set'))
    .argument('<device>', 'id or name')
    .option('--name <name>', 'new name')
    .option('--host <host>', 'new name or address')
    .option('--port <number>', 'new port')
    .description('Change a device or replace its credentials')
    .action((wanted: string, options: DeviceOptions, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const { local } = opened
        const scope = await opened.scopeOf(tenant)
        const present = await opened.findDevice(scope, wanted)
        const credentials = await readCredentials(options, streams)
        const changed = await local.database.devices.put(scope, {
          deviceId: present.deviceId,
          name: options.name ?? present.name,
          host: options.host ?? present.host,
          port: toPort(options.port) ?? present.port,
          legacyAlgorithms: options.legacy ?? present.legacyAlgorithms ?? false,
        })
        if (credentials !== undefined) await local.credentials.put(scope, changed.deviceId, credentials)
        printObject(output, shown(changed))
      }),
    )

  device
    .command('list')
    .description('List the devices of a tenant')
    .action((_options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        const devices: Device[] = []
        for (let after: string | undefined; ; after = devices.at(-1)?.deviceId) {
          const page = await opened.local.database.devices.list(scope, {
            limit: 1000,
            ...(after === undefined ? {} : { after }),
          })
          devices.push(...page)
          if (page.length < 1000) break
        }
        printList(output, devices.map(shown), {
          ID: (row) => row.device_id,
          NAME: (row) => row.name,
          HOST: (row) => row.host,
          PORT: (row) => String(row.port),
        })
      }),
    )

  device
    .command('remove')
    .argument('<device>', 'id or name')
    .description('Forget a device, its credentials and schedule; stored revisions stay')
    .action((wanted: string, _options: object, command: Command) =>
      withLocal(command, streams, async ({ opened, output, tenant }) => {
        const scope = await opened.scopeOf(tenant)
        const { deviceId, name } = await opened.findDevice(scope, wanted)
        await opened.local.database.devices.remove(scope, deviceId)
        printObject(output, { removed: deviceId, name })
      }),
    )

  device
    .command('accept-host-key')
    .argument('<device>', 'id or name')
    .argument(
      '[fingerprint]',
      'SHA256:… as the error showed it; without one the next key that is seen is pinned',
    )
    .option('--algorithm <name>', 'SSH name of the key', 'ssh-rsa')
    .description('Accept another host key after a change was refused')
    .action(
      (wanted: string, fingerprint: string | undefined, options: { algorithm: string }, command: Command) =>
        withLocal(command, streams, async ({ opened, output, tenant }) => {
          const { local } = opened
          const scope = await opened.scopeOf(tenant)
          const { deviceId } = await opened.findDevice(scope, wanted)
          const facts = { fingerprint: fingerprint ?? 'next seen' }
          await local.database.audit.append(scope, {
            action: 'host-key.accept',
            deviceId,
            at: local.clock.now(),
            facts,
          })
          if (fingerprint === undefined) await local.database.hostKeys.forget(scope, deviceId)
          else {
            await local.database.hostKeys.replace(scope, {
              deviceId,
              algorithm: options.algorithm,
              fingerprint,
              pinnedAt: local.clock.now(),
              pinnedBy: scope.principalId,
            })
          }
          printObject(output, { device_id: deviceId, ...facts })
        }),
    )
}
