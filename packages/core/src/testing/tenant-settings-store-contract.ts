import { expect } from 'vitest'
import type { TenantSettingsStore } from '../ports/tenant-settings-store.js'
import {
  type ContractCases,
  type ContractOptions,
  describeContract,
  expectCode,
  type OpenedPort,
  type OpenPort,
} from './contract-suite.js'
import { forgedScope, testIds, testScope } from './test-scopes.js'

type Writable = Required<TenantSettingsStore>

const scope = testScope()
const other = testScope(testIds.tenantB)

/** What every `TenantSettingsStore` that can be written has to do. */
export function describeTenantSettingsStoreContract(
  name: string,
  open: OpenPort<OpenedPort<Writable>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as TenantSettingsStore`, open, cases, options)
}

const cases: ContractCases<OpenedPort<Writable>> = {
  'has no settings of a tenant before they are put': async ({ port }) => {
    expect(await port.find(scope)).toEqual({})
  },

  'gives back what was put and nothing else': async ({ port }) => {
    await port.put(scope, { secrets: 'omit', settleWindowMs: 0 })

    expect(await port.find(scope)).toEqual({ secrets: 'omit', settleWindowMs: 0 })
  },

  'replaces settings whole': async ({ port }) => {
    await port.put(scope, { secrets: 'omit', onLockout: 'refuse' })
    await port.put(scope, { binaryBackup: 'never' })

    expect(await port.find(scope)).toEqual({ binaryBackup: 'never' })
  },

  'keeps the settings of tenants apart': async ({ port }) => {
    await port.put(scope, { secrets: 'omit' })
    await port.put(other, { secrets: 'include' })

    expect(await port.find(scope)).toEqual({ secrets: 'omit' })
    expect(await port.find(other)).toEqual({ secrets: 'include' })
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    await expectCode(port.find(forgedScope()), 'SCOPE_INVALID')
    await expectCode(port.put(forgedScope(), {}), 'SCOPE_INVALID')
  },
}
