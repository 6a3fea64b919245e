import { expect } from 'vitest'
import type { WritableCredentialStore } from '../ports/credential-store.js'
import {
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope } from './test-scopes.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const deviceId = testIds.device1
const credentials = { username: 'backup', password: 'p"$ä\n' }

/** What every `WritableCredentialStore` has to do; the read half is `CredentialStore`. Devices 1 and 2 of tenant A and
 * device 3 of tenant B are there when `open` resolves, for stores that refer to a device table. */
export function describeCredentialStoreContract(
  name: string,
  open: OpenPort<OpenedPort<WritableCredentialStore>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as CredentialStore`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<WritableCredentialStore>) => Promise<void>> = {
  'gives credentials back as they were': async ({ port }) => {
    const key = {
      username: 'backup',
      privateKey: '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n',
      passphrase: 'y',
    }
    await port.put(scope, deviceId, credentials)
    await port.put(scope, testIds.device2, key)

    expect(await port.find(scope, deviceId)).toEqual(credentials)
    expect(await port.find(scope, testIds.device2)).toEqual(key)
  },

  'replaces credentials whole': async ({ port }) => {
    await port.put(scope, deviceId, { ...credentials, passphrase: 'old' })
    await port.put(scope, deviceId, credentials)

    expect(await port.find(scope, deviceId)).toEqual(credentials)
  },

  'has none before they are put and after they are removed': async ({ port }) => {
    expect(await port.find(scope, deviceId)).toBeUndefined()
    await port.put(scope, deviceId, credentials)
    expect(await port.remove(scope, deviceId)).toBe(true)
    expect(await port.remove(scope, deviceId)).toBe(false)
    expect(await port.find(scope, deviceId)).toBeUndefined()
  },

  'does not find or remove those of another tenant': async ({ port }) => {
    await port.put(scope, deviceId, credentials)

    expect(await port.find(other, deviceId)).toBeUndefined()
    expect(await port.remove(other, deviceId)).toBe(false)
    expect(await port.find(scope, deviceId)).toEqual(credentials)
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    await expectCode(port.find(forgedScope(), deviceId), 'SCOPE_INVALID')
    await expectCode(port.put(forgedScope(), deviceId, credentials), 'SCOPE_INVALID')
    await expectCode(port.remove(forgedScope(), deviceId), 'SCOPE_INVALID')
  },
}
