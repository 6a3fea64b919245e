import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeviceCredentials, WritableCredentialStore } from '@tod/core'
import {
  describeCredentialStoreContract,
  expectCode,
  FakeClock,
  forgedScope,
  testIds,
  testScope,
} from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  EnvironmentCredentialStore,
  FileCredentialStore,
  VaultKvCredentialStore,
  type VaultKvOptions,
} from '../../src/credentials/index.js'
import { type KvServer, startKvServer } from './kv-server.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const login = { username: 'backup', password: 'correct horse' }

describe('EnvironmentCredentialStore', () => {
  const environment = {
    TOD_DEVICE_D0_1_USERNAME: 'own',
    TOD_DEVICE_D0_1_PRIVATE_KEY: 'line one\\nline two',
    TOD_DEVICE_D0_1_PASSPHRASE: 'p',
    TOD_DEVICE_USERNAME: 'any',
    TOD_DEVICE_PASSWORD: '',
  }
  const store = new EnvironmentCredentialStore({ tenantId: testIds.tenantA, environment })

  it('finds the credentials of a device, and else those for all', async () => {
    expect(await store.find(scope, 'd0-1')).toEqual({
      username: 'own',
      privateKey: 'line one\nline two',
      passphrase: 'p',
    })
    expect(await store.find(scope, 'd0-2')).toEqual({ username: 'any', password: '' })
  })

  it('finds nothing for another tenant, nor where a user has nothing to log in with', async () => {
    const incomplete = new EnvironmentCredentialStore({
      tenantId: testIds.tenantA,
      environment: { TOD_DEVICE_USERNAME: 'any' },
    })

    expect(await store.find(other, 'd0-1')).toBeUndefined()
    expect(await incomplete.find(scope, 'd')).toBeUndefined()
    await expectCode(store.find(forgedScope(), 'd'), 'SCOPE_INVALID')
  })
})

describe('FileCredentialStore', () => {
  let directory: string
  let file: string
  let store: FileCredentialStore

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tod-credentials-'))
    file = join(directory, 'credentials.json')
    store = new FileCredentialStore(file)
    const content = {
      [testIds.tenantA]: { 'd-1': login, '*': { ...login, username: 'any' }, broken: { password: 1 } },
    }
    await writeFile(file, JSON.stringify(content), { mode: 0o600 })
  })
  afterEach(() => rm(directory, { recursive: true, force: true }))

  it('finds the credentials of a device, and else those for all of its tenant', async () => {
    expect(await store.find(scope, 'd-1')).toEqual(login)
    expect(await store.find(scope, 'd-2')).toEqual({ ...login, username: 'any' })
    expect(await store.find(other, 'd-1')).toBeUndefined()
    await expectCode(store.find(forgedScope(), 'd-1'), 'SCOPE_INVALID')
  })

  it('takes no member that every object has for an entry', async () => {
    expect(await store.find(testScope('constructor'), 'name')).toBeUndefined()
  })

  it('sees a change at once', async () => {
    await writeFile(file, JSON.stringify({ [testIds.tenantA]: { 'd-1': { ...login, password: 'new' } } }))

    expect(await store.find(scope, 'd-1')).toEqual({ ...login, password: 'new' })
  })

  it('refuses a file that others may read', async () => {
    await chmod(file, 0o640)

    await expect(store.find(scope, 'd-1')).rejects.toMatchObject({ name: 'CredentialFileExposedError' })
  })

  it('reports a missing file and a broken one, and quotes nothing of it', async () => {
    await expectCode(store.find(scope, 'broken'), 'STORAGE_CORRUPT')
    await writeFile(file, '{"a": "correct horse"')
    const error = await store.find(scope, 'd-1').catch((caught: unknown) => caught)
    await rm(file)

    expect(error).toMatchObject({ code: 'STORAGE_CORRUPT' })
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('correct horse')
    await expectCode(store.find(scope, 'd-1'), 'STORAGE_UNAVAILABLE')
  })
})

/** Stores that are read here and written by others run the suite with the other's hand played by the test. */
const readOnly = {
  skip: {
    'refuses a scope that no guard has issued, in every method':
      'the store has no method that writes; its find is held to this above',
  },
}

describeCredentialStoreContract(
  'EnvironmentCredentialStore',
  async () => {
    const environment: Record<string, string> = {}
    const prefixOf = (deviceId: string) => `TOD_DEVICE_${deviceId.toUpperCase().replaceAll('-', '_')}_`
    const unset = (deviceId: string) => {
      const names = Object.keys(environment).filter((name) => name.startsWith(prefixOf(deviceId)))
      for (const name of names) delete environment[name]
      return names.length > 0
    }
    const store = new EnvironmentCredentialStore({ tenantId: testIds.tenantA, environment })
    const port: WritableCredentialStore = {
      find: (ofScope, deviceId) => store.find(ofScope, deviceId),
      async put(_scope, deviceId, { username, password, privateKey, passphrase }) {
        unset(deviceId)
        const values = {
          USERNAME: username,
          PASSWORD: password,
          PRIVATE_KEY: privateKey,
          PASSPHRASE: passphrase,
        }
        for (const [name, value] of Object.entries(values)) {
          if (value !== undefined) environment[prefixOf(deviceId) + name] = value
        }
      },
      remove: async ({ tenantId }, deviceId) => tenantId === testIds.tenantA && unset(deviceId),
    }
    return { port }
  },
  readOnly,
)

describeCredentialStoreContract(
  'FileCredentialStore',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'tod-credentials-'))
    const file = join(directory, 'credentials.json')
    const content: Record<string, Record<string, DeviceCredentials>> = {}
    const write = () => writeFile(file, JSON.stringify(content), { mode: 0o600 })
    await write()
    const store = new FileCredentialStore(file)
    const port: WritableCredentialStore = {
      find: (ofScope, deviceId) => store.find(ofScope, deviceId),
      async put({ tenantId }, deviceId, credentials) {
        content[tenantId] = { ...content[tenantId], [deviceId]: credentials }
        await write()
      },
      async remove({ tenantId }, deviceId) {
        const { [deviceId]: removed, ...others } = content[tenantId] ?? {}
        content[tenantId] = others
        await write()
        return removed !== undefined
      },
    }
    return { port, close: () => rm(directory, { recursive: true }) }
  },
  readOnly,
)

async function openKv(
  changes: Partial<VaultKvOptions> = {},
): Promise<{ server: KvServer; store: VaultKvCredentialStore }> {
  const server = await startKvServer('a-token')
  const options = { address: server.address, token: () => 'a-token', clock: new FakeClock(), ...changes }
  return { server, store: new VaultKvCredentialStore(options) }
}

describeCredentialStoreContract('VaultKvCredentialStore', async () => {
  const { server, store } = await openKv()
  return { port: store, close: () => server.stop() }
})

describe('VaultKvCredentialStore', () => {
  let server: KvServer | undefined
  afterEach(() => server?.stop())

  it('keeps each secret in the folder of its tenant', async () => {
    const opened = await openKv()
    server = opened.server

    await opened.store.put(scope, testIds.device1, login)

    expect([...server.secrets.keys()]).toEqual([`tod/devices/${testIds.tenantA}/${testIds.device1}`])
  })

  it('lets no id leave that folder', async () => {
    const opened = await openKv()
    server = opened.server

    for (const id of ['..', '../other', 'a/b', '%2e%2e', '?x', '#x']) {
      await opened.store.find(scope, id)
      const path = server.requested.at(-1) ?? ''
      expect(path.startsWith(`/v1/secret/data/tod/devices/${testIds.tenantA}/`), path).toBe(true)
      expect(path.split('/')).toHaveLength(8)
    }
  })

  it.each([403, 500, 503, 'garbage'] as const)(
    'reports a service that answers %s as KEY_SERVICE_UNAVAILABLE, and quotes nothing of it',
    async (fault) => {
      const opened = await openKv()
      server = opened.server
      server.fault = fault

      const error = await opened.store.find(scope, 'd').catch((caught: unknown) => caught)

      expect(error).toMatchObject({ code: 'KEY_SERVICE_UNAVAILABLE', retryable: true })
      expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('in the open')
    },
  )

  it('reports a service that is not there or refuses the token as KEY_SERVICE_UNAVAILABLE', async () => {
    const gone = await openKv()
    await gone.server.stop()
    const opened = await openKv({ token: () => 'another' })
    server = opened.server

    await expectCode(gone.store.find(scope, 'd'), 'KEY_SERVICE_UNAVAILABLE')
    await expectCode(opened.store.find(scope, 'd'), 'KEY_SERVICE_UNAVAILABLE')
  })

  it('takes a secret that is no login for a fault, not for none', async () => {
    const opened = await openKv()
    server = opened.server
    server.secrets.set(`tod/devices/${testIds.tenantA}/d`, { user: 'x' })

    await expectCode(opened.store.find(scope, 'd'), 'KEY_SERVICE_UNAVAILABLE')
  })

  it('gives up a service that is silent when its time is over, or when the caller does', async () => {
    const clock = new FakeClock()
    const opened = await openKv({ clock, timeoutMs: 5000 })
    server = opened.server
    server.fault = 'silence'
    const caller = new AbortController()

    const outcome = expectCode(opened.store.find(scope, 'd'), 'KEY_SERVICE_UNAVAILABLE')
    while (clock.pending > 0 || clock.monotonicMs() === 0) await clock.advance(5000)
    await outcome

    const waiting = opened.store.find(scope, 'd', { signal: caller.signal })
    caller.abort()
    await expectCode(waiting, 'OPERATION_ABORTED')
  })
})
