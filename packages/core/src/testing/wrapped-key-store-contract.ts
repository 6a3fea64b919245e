import { expect } from 'vitest'
import type { WrappedKey, WrappedKeyStore } from '../ports/wrapped-key-store.js'
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

function wrappedKey(changes: Partial<WrappedKey> = {}): WrappedKey {
  return {
    deviceId,
    version: 1,
    wrappedBy: 'master-1',
    wrapped: Uint8Array.of(0, 1, 2, 254, 255),
    createdAt: 1_767_600_000_000,
    ...changes,
  }
}

/** What every `WrappedKeyStore` has to do. */
export function describeWrappedKeyStoreContract(
  name: string,
  open: OpenPort<OpenedPort<WrappedKeyStore>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as WrappedKeyStore`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<WrappedKeyStore>) => Promise<void>> = {
  'gives keys back as they were, versions ascending': async ({ port }) => {
    await port.addFirst(scope, wrappedKey({ version: 2 }))
    await port.addFirst(scope, wrappedKey())
    await port.addFirst(scope, wrappedKey({ deviceId: null }))

    expect(await port.list(scope, deviceId)).toEqual([wrappedKey(), wrappedKey({ version: 2 })])
    expect(await port.list(scope, null)).toEqual([wrappedKey({ deviceId: null })])
    expect(await port.list(scope, testIds.device2)).toEqual([])
  },

  'keeps the first of a version and gives it to everybody': async ({ port }) => {
    const stored = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        port.addFirst(scope, wrappedKey({ wrapped: Uint8Array.of(index) })),
      ),
    )

    expect(new Set(stored.map((key) => String(key.wrapped))).size).toBe(1)
    expect(await port.list(scope, deviceId)).toEqual([stored[0]])
  },

  'keeps one first key of the tenant too': async ({ port }) => {
    const first = await port.addFirst(scope, wrappedKey({ deviceId: null }))
    const second = await port.addFirst(scope, wrappedKey({ deviceId: null, wrapped: Uint8Array.of(9) }))

    expect(second).toEqual(first)
  },

  'lists all keys of the tenant, its own first': async ({ port }) => {
    await port.addFirst(scope, wrappedKey({ deviceId: testIds.device2 }))
    await port.addFirst(scope, wrappedKey())
    await port.addFirst(scope, wrappedKey({ deviceId: null }))
    await port.addFirst(other, wrappedKey({ deviceId: null }))

    expect((await port.listAll(scope)).map((key) => key.deviceId)).toEqual([null, deviceId, testIds.device2])
  },

  'rewraps all or none': async ({ port }) => {
    await port.addFirst(scope, wrappedKey())
    await port.addFirst(scope, wrappedKey({ deviceId: null }))
    const rewrapped = [
      wrappedKey({ wrappedBy: 'master-2', wrapped: Uint8Array.of(7) }),
      wrappedKey({ deviceId: null, wrappedBy: 'master-2', wrapped: Uint8Array.of(8) }),
    ]

    await expectCode(port.rewrap(scope, [...rewrapped, wrappedKey({ version: 5 })]), 'STORAGE_CONFLICT')
    expect(await port.list(scope, deviceId)).toEqual([wrappedKey()])

    await port.rewrap(scope, rewrapped)
    expect(await port.listAll(scope)).toEqual([rewrapped[1], rewrapped[0]])
  },

  'destroys the keys of one device, or all of the tenant': async ({ port }) => {
    await port.addFirst(scope, wrappedKey())
    await port.addFirst(scope, wrappedKey({ version: 2 }))
    await port.addFirst(scope, wrappedKey({ deviceId: testIds.device2 }))
    await port.addFirst(scope, wrappedKey({ deviceId: null }))
    await port.addFirst(other, wrappedKey())

    expect(await port.destroy(scope, deviceId)).toBe(2)
    expect(await port.destroy(scope, deviceId)).toBe(0)
    expect(await port.list(scope, deviceId)).toEqual([])
    expect(await port.destroy(scope, null)).toBe(2)
    expect(await port.listAll(scope)).toEqual([])
    expect(await port.listAll(other)).toHaveLength(1)
  },

  'does not find keys of another tenant': async ({ port }) => {
    await port.addFirst(scope, wrappedKey())

    expect(await port.list(other, deviceId)).toEqual([])
    expect(await port.listAll(other)).toEqual([])
    await expectCode(port.rewrap(other, [wrappedKey()]), 'STORAGE_CONFLICT')
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    const forged = forgedScope()

    await expectCode(port.list(forged, deviceId), 'SCOPE_INVALID')
    await expectCode(port.listAll(forged), 'SCOPE_INVALID')
    await expectCode(port.addFirst(forged, wrappedKey()), 'SCOPE_INVALID')
    await expectCode(port.rewrap(forged, [wrappedKey()]), 'SCOPE_INVALID')
    await expectCode(port.destroy(forged, deviceId), 'SCOPE_INVALID')
  },
}
