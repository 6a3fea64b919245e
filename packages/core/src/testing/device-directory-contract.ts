import { expect } from 'vitest'
import type { WritableDeviceDirectory } from '../ports/device-directory.js'
import {
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope, testSystemScope } from './test-scopes.js'

const scope = testScope()
const other = testScope(testIds.tenantB)
const device = { deviceId: testIds.device1, name: 'edge "north" é', host: '192.0.2.1', port: 22 }

/** What every `WritableDeviceDirectory` has to do; the read half is `DeviceDirectory`. */
export function describeDeviceDirectoryContract(
  name: string,
  open: OpenPort<OpenedPort<WritableDeviceDirectory>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as DeviceDirectory`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<WritableDeviceDirectory>) => Promise<void>> = {
  'finds a device that was put': async ({ port }) => {
    const stored = await port.put(scope, device)

    expect(stored).toEqual({ ...device, tenantId: testIds.tenantA })
    expect(await port.find(scope, device.deviceId)).toEqual(stored)
    expect(await port.find(scope, testIds.device2)).toBeUndefined()
  },

  'replaces a device that is put again': async ({ port }) => {
    await port.put(scope, device)
    await port.put(scope, { ...device, host: '2001:db8::1', port: 2222 })

    expect(await port.find(scope, device.deviceId)).toMatchObject({ host: '2001:db8::1', port: 2222 })
    expect(await port.list(scope)).toHaveLength(1)
  },

  'lists devices of the tenant by id, in pages': async ({ port }) => {
    const ids = [testIds.device3, testIds.device1, testIds.device2]
    for (const deviceId of ids) await port.put(scope, { ...device, deviceId })
    await port.put(other, { ...device, deviceId: 'd0000000-0000-4000-8000-000000000009' })

    const sorted = [...ids].sort()
    expect((await port.list(scope)).map((found) => found.deviceId)).toEqual(sorted)
    expect((await port.list(scope, { limit: 2 })).map((found) => found.deviceId)).toEqual(sorted.slice(0, 2))
    expect(
      (await port.list(scope, { after: testIds.device1, limit: 2 })).map((found) => found.deviceId),
    ).toEqual(sorted.slice(1))
  },

  'does not find, list or remove a device of another tenant': async ({ port }) => {
    await port.put(scope, device)

    expect(await port.find(other, device.deviceId)).toBeUndefined()
    expect(await port.list(other)).toEqual([])
    expect(await port.remove(other, device.deviceId)).toBe(false)
    expect(await port.find(scope, device.deviceId)).toBeDefined()
  },

  'keeps devices of two tenants apart that have the same id': async ({ port }) => {
    await port.put(scope, device)
    await port.put(other, { ...device, host: '198.51.100.1' })
    await port.remove(other, device.deviceId)

    expect((await port.find(scope, device.deviceId))?.host).toBe(device.host)
    expect(await port.find(other, device.deviceId)).toBeUndefined()
  },

  'removes a device': async ({ port }) => {
    await port.put(scope, device)

    expect(await port.remove(scope, device.deviceId)).toBe(true)
    expect(await port.remove(scope, device.deviceId)).toBe(false)
    expect(await port.find(scope, device.deviceId)).toBeUndefined()
  },

  'names the tenants that have devices': async ({ port }) => {
    await port.put(scope, device)
    await port.put(other, { ...device, deviceId: testIds.device2 })

    expect(await port.listTenants(testSystemScope('reindex'))).toEqual(
      expect.arrayContaining([testIds.tenantA, testIds.tenantB]),
    )
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    const forged = forgedScope()

    await expectCode(port.find(forged, device.deviceId), 'SCOPE_INVALID')
    await expectCode(port.list(forged), 'SCOPE_INVALID')
    await expectCode(port.put(forged, device), 'SCOPE_INVALID')
    await expectCode(port.remove(forged, device.deviceId), 'SCOPE_INVALID')
    await expectCode(port.listTenants(forged as never), 'SCOPE_INVALID')
  },
}
