import { expect } from 'vitest'
import type { HostKeyStore, PinnedHostKey } from '../ports/host-key-store.js'
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

function pinnedKey(letter: string, changes: Partial<PinnedHostKey> = {}): PinnedHostKey {
  return {
    deviceId,
    algorithm: 'ssh-ed25519',
    fingerprint: `SHA256:${letter.repeat(43)}`,
    pinnedAt: 1_767_600_000_000,
    pinnedBy: 'first-use',
    ...changes,
  }
}

/** What every `HostKeyStore` has to do. */
export function describeHostKeyStoreContract(
  name: string,
  open: OpenPort<OpenedPort<HostKeyStore>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as HostKeyStore`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<HostKeyStore>) => Promise<void>> = {
  'keeps the first key and gives it to everybody': async ({ port }) => {
    expect(await port.find(scope, deviceId)).toBeUndefined()

    expect(await port.pinFirst(scope, pinnedKey('a'))).toEqual(pinnedKey('a'))
    expect(await port.pinFirst(scope, pinnedKey('b'))).toEqual(pinnedKey('a'))
    expect(await port.find(scope, deviceId)).toEqual(pinnedKey('a'))
  },

  'gives the same key to many who pin at once': async ({ port }) => {
    const pinned = await Promise.all(
      ['a', 'b', 'c', 'd'].map((letter) => port.pinFirst(scope, pinnedKey(letter))),
    )

    expect(new Set(pinned.map((key) => key.fingerprint)).size).toBe(1)
  },

  'replaces the key when someone accepts another': async ({ port }) => {
    const accepted = pinnedKey('b', { algorithm: 'ssh-rsa', pinnedBy: 'someone', pinnedAt: 1 })
    await port.pinFirst(scope, pinnedKey('a'))
    await port.replace(scope, accepted)

    expect(await port.find(scope, deviceId)).toEqual(accepted)
  },

  'replaces also when there is none yet': async ({ port }) => {
    await port.replace(scope, pinnedKey('b'))

    expect(await port.find(scope, deviceId)).toEqual(pinnedKey('b'))
  },

  'forgets a key': async ({ port }) => {
    await port.pinFirst(scope, pinnedKey('a'))
    await port.forget(other, deviceId)
    expect(await port.find(scope, deviceId)).toBeDefined()
    await port.forget(scope, deviceId)
    await port.forget(scope, deviceId)

    expect(await port.find(scope, deviceId)).toBeUndefined()
  },

  'does not find the key of another tenant': async ({ port }) => {
    await port.pinFirst(scope, pinnedKey('a'))

    expect(await port.find(other, deviceId)).toBeUndefined()
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    await expectCode(port.find(forgedScope(), deviceId), 'SCOPE_INVALID')
    await expectCode(port.pinFirst(forgedScope(), pinnedKey('a')), 'SCOPE_INVALID')
    await expectCode(port.replace(forgedScope(), pinnedKey('a')), 'SCOPE_INVALID')
    await expectCode(port.forget(forgedScope(), deviceId), 'SCOPE_INVALID')
  },
}
