// Passwords stay where you keep them: @tod asks for them when it connects and stores none.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeyRing, LibsodiumSecretBox, readOrCreateMasterKeyFile } from '@tod/adapters/crypto'
import { IsomorphicGitStore } from '@tod/adapters/git'
import { openSqlite } from '@tod/adapters/sqlite'
import { SshTransport } from '@tod/adapters/ssh'
import {
  assertTenantScope,
  type CredentialStore,
  createTod,
  type DeviceCredentials,
  singleTenant,
  type TenantScope,
} from '@tod/core'
import { startSimulator } from '@tod/routeros-sim'

/** Looks up what the environment holds: `ROUTER_GW_1` is `user:password` of device `gw-1`. */
class EnvironmentCredentials implements CredentialStore {
  async find(scope: TenantScope, deviceId: string): Promise<DeviceCredentials | undefined> {
    assertTenantScope(scope)
    const value = process.env[`ROUTER_${deviceId.toUpperCase().replaceAll('-', '_')}`]
    const [username, password] = value?.split(':', 2) ?? []
    return username === undefined || password === undefined ? undefined : { username, password }
  }
}

process.env.ROUTER_GW_1 = 'backup:secret'
const directory = await mkdtemp(join(tmpdir(), 'tod-example-'))
const simulator = await startSimulator({ version: '6.49.13', user: 'backup', password: 'secret' })
const port = simulator.router.listeners[0]?.port ?? 0

// The parts by hand, in place of `createLocalTod`.
const { guard, scope } = singleTenant()
const database = await openSqlite({ file: join(directory, 'tod.sqlite') })
const masterKeys = await readOrCreateMasterKeyFile(join(directory, 'master.key'))
const tod = createTod({
  ...database,
  guard,
  transport: new SshTransport(),
  git: new IsomorphicGitStore({ root: join(directory, 'repositories') }),
  secretBox: new LibsodiumSecretBox(new KeyRing({ masterKeys, store: database.wrappedKeys })),
  credentials: new EnvironmentCredentials(),
})

await database.devices.put(scope, { deviceId: 'gw-1', name: 'gateway', host: '127.0.0.1', port })
await database.devices.put(scope, { deviceId: 'gw-2', name: 'without a variable', host: '127.0.0.1', port })

for (const deviceId of ['gw-1', 'gw-2']) {
  const outcome = await tod.backups.backUp(scope, { deviceId, trigger: 'manual' }).then(
    (entry) => `backed up RouterOS ${entry.routerosVersion}`,
    (error: { code?: string }) => `${error.code}`,
  )
  console.log(`${deviceId}: ${outcome}`)
}

await database.close()
await simulator.stop()
await rm(directory, { recursive: true })
