import { expect } from 'vitest'
import type { AuditLog, AuditRecord } from '../ports/audit-log.js'
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

function auditRecord(at: number, changes: Partial<AuditRecord> = {}): AuditRecord {
  return {
    action: 'backup.read-export',
    deviceId: testIds.device1,
    at,
    facts: { commitSha: 'a'.repeat(40), bytes: 12, whole: true },
    ...changes,
  }
}

/** What every `AuditLog` has to do. */
export function describeAuditLogContract(
  name: string,
  open: OpenPort<OpenedPort<AuditLog>>,
  options?: ContractOptions,
): void {
  describeContract(`${name} as AuditLog`, open, cases, options)
}

const cases: Record<string, (opened: OpenedPort<AuditLog>) => Promise<void>> = {
  'keeps records with tenant and principal of the scope': async ({ port }) => {
    await port.append(scope, auditRecord(1000))

    expect(await port.list(scope)).toEqual([
      { ...auditRecord(1000), tenantId: testIds.tenantA, principalId: scope.principalId },
    ])
  },

  'lists newest first, by device and in pages': async ({ port }) => {
    for (const at of [1, 2, 3, 4]) {
      await port.append(scope, auditRecord(at, { deviceId: at % 2 ? testIds.device1 : testIds.device2 }))
    }
    await port.append(scope, auditRecord(5, { deviceId: null, action: 'keys.rotate', facts: {} }))

    const times = async (filter: Parameters<AuditLog['list']>[1]) =>
      (await port.list(scope, filter)).map((entry) => entry.at)
    expect(await times({})).toEqual([5, 4, 3, 2, 1])
    expect(await times({ deviceId: testIds.device1 })).toEqual([3, 1])
    expect(await times({ limit: 2, offset: 1 })).toEqual([4, 3])
  },

  'lists records of one moment in the reverse order of appending': async ({ port }) => {
    for (const bytes of [1, 2, 3]) await port.append(scope, auditRecord(1000, { facts: { bytes } }))

    expect((await port.list(scope)).map((entry) => entry.facts.bytes)).toEqual([3, 2, 1])
  },

  'does not show records of another tenant': async ({ port }) => {
    await port.append(scope, auditRecord(1))

    expect(await port.list(other)).toEqual([])
  },

  'refuses a scope that no guard has issued, in every method': async ({ port }) => {
    await expectCode(port.append(forgedScope(), auditRecord(1)), 'SCOPE_INVALID')
    await expectCode(port.list(forgedScope()), 'SCOPE_INVALID')
  },
}
