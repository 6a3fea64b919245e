import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Device, DeviceCredentials } from '@tod/core'
import type { Command } from 'commander'
import { recordDeviceChange } from '../../record-device-change.js'
import { type ProgramStreams, withLocal } from '../command-context.js'
import { hostText, uuidText, wholeNumber } from '../option-values.js'
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
  readonly port?: number
  readonly legacy?: boolean
}

function fromEnvironment(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new UsageError(`The environment variable ${name} is not set.`)
  return value
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UsageError(`The key file '${path}' cannot be read.`, { cause })
  }
}

/** Secrets come from standard input, a variable or a file, never from the command line that others can read. */
async function readCredentials(
  options: CredentialOptions,
  streams: ProgramStreams,
): Promise<DeviceCredentials | undefined> {
  const { user, passwordStdin, passwordEnv, key, passphraseEnv } = options
  if (user === undefined) {
    if (passwordStdin || passwordEnv !== undefined || key !== undefined) {
      throw new UsageError('A password or key needs its account: --user <name>.')
    }
    return undefined
  }
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
    ...(key === undefined ? {} : { privateKey: readKey(key) }),
    ...(passphraseEnv === undefined ? {} : { passphrase: fromEnvironment(passphraseEnv) }),
  }
}

const port = wholeNumber(1, 65_535)

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
    .requiredOption('--host <host>', 'name or address of its SSH service', hostText)
    .option('--port <number>', 'port of its SSH service', port, 22)
    .option('--id <uuid>', 'id to use in place of a new one', uuidText)
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
        const deviceId = options.id ?? randomUUID()
        if ((await local.database.devices.find(scope, deviceId)) !== undefined) {
          throw new UsageError(`There is a device ${deviceId} already: change it with \`tod device set\`.`)
        }
        const added = await local.database.devices.put(scope, {
          deviceId,
          name: options.name,
          host: options.host,
          port: options.port ?? 22,
          legacyAlgorithms: options.legacy ?? false,
        })
        if (credentials !== undefined) await local.credentials.put(scope, added.deviceId, credentials)
        await recordDeviceChange(local, scope, added.deviceId, 'created')
        printObject(output, shown(added))
        if (credentials === undefined) {
          output.err('It has no credentials yet: tod device set <device> --user <name> --password-stdin\n')
        }
      }),
    )

  withCredentials(device.command('set'))
    .argument('<device>', 'id or name')
    .option('--name <name>', 'new name')
    .option('--host <host>', 'new name or address', hostText)
    .option('--port <number>', 'new port', port)
    .description('Change a device or replace its credentials')
    .addHelpText(
      'after',
      '\nExamples:\n  tod device set edge-1 --host 192.0.2.9\n  printf %s "$PASSWORD" | tod device set edge-1 --user backup --password-stdin',
    )
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
          port: options.port ?? present.port,
          legacyAlgorithms: options.legacy ?? present.legacyAlgorithms ?? false,
        })
        if (credentials !== undefined) await local.credentials.put(scope, changed.deviceId, credentials)
        await recordDeviceChange(local, scope, changed.deviceId, 'changed')
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
        await recordDeviceChange(opened.local, scope, deviceId, 'removed')
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
    .addHelpText(
      'after',
      '\nThe refusal names both keys. Compare the new one with what the device itself prints.\nExample:\n  tod device accept-host-key edge-1 SHA256:… --algorithm ssh-ed25519',
    )
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
