import type { Lease, SystemScope, TenantScope } from '@tod/core'
import {
  forgedScope,
  InMemorySecretBox,
  sampleBackupRow,
  samplePushRecord,
  testIds,
  testScope,
  testSystemScope,
} from '@tod/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenedDatabase } from '../../src/sqlite/index.js'
import type { OpenSqlCase, SqlCase } from './sql-harness.js'

const owner = testScope(testIds.tenantA)
const stranger = testScope(testIds.tenantB)
const deviceId = testIds.device1
const commitSha = sampleBackupRow(1).commitSha
const operationId = samplePushRecord().operationId
const at = 1_767_600_000_000

/** Every repository, credentials included. */
type Repositories = Omit<OpenedDatabase, 'check' | 'close' | 'credentials'> & {
  readonly credentials: ReturnType<OpenedDatabase['credentials']>
}

/** One call of a method with the ids of tenant A's things, in whatever scope. */
type Call<Repository> = (repository: Repository, scope: TenantScope, seed: Seed) => Promise<unknown>

/** A call for each method of each repository: a method that is missing here fails to compile. */
type Calls = {
  readonly [Name in keyof Repositories]: {
    readonly [Method in keyof Repositories[Name]]:
      | Call<Repositories[Name]>
      | { readonly crossesTenants: string }
  }
}

interface Seed {
  readonly lease: Lease
  readonly apiKeyId: string
}

const hostKey = { deviceId, algorithm: 'ssh-rsa', fingerprint: 'SHA256:other', pinnedAt: 5, pinnedBy: 'x' }
const wrappedKey = { deviceId, version: 1, wrappedBy: 'm2', wrapped: Uint8Array.of(9), createdAt: 5 }
const entry = { state: 'failed', at, message: 'm' } as const
const lockRequest = { holder: 'stranger', purpose: 'push', leaseMs: 1000 } as const

const calls: Calls = {
  devices: {
    find: (devices, scope) => devices.find(scope, deviceId),
    list: (devices, scope) => devices.list(scope),
    put: (devices, scope) => devices.put(scope, { deviceId, name: 'taken', host: 'h', port: 1 }),
    remove: (devices, scope) => devices.remove(scope, deviceId),
    listTenants: { crossesTenants: 'names tenants and nothing else' },
  },
  credentials: {
    find: (credentials, scope) => credentials.find(scope, deviceId),
    put: (credentials, scope) => credentials.put(scope, deviceId, { username: 'x', password: 'y' }),
    remove: (credentials, scope) => credentials.remove(scope, deviceId),
  },
  hostKeys: {
    find: (hostKeys, scope) => hostKeys.find(scope, deviceId),
    pinFirst: (hostKeys, scope) => hostKeys.pinFirst(scope, hostKey),
    replace: (hostKeys, scope) => hostKeys.replace(scope, hostKey),
    forget: (hostKeys, scope) => hostKeys.forget(scope, deviceId),
  },
  runs: {
    insert: (runs, scope) => runs.insert(scope, sampleBackupRow(1, { linesAdded: 77 })),
    find: (runs, scope) => runs.find(scope, deviceId, commitSha),
    list: (runs, scope) => runs.list(scope, deviceId),
    newest: (runs, scope) => runs.newest(scope, deviceId),
    setPinned: (runs, scope) => runs.setPinned(scope, deviceId, commitSha, true),
    remove: (runs, scope) => runs.remove(scope, deviceId, [commitSha]),
    recordFailure: (runs, scope) =>
      runs.recordFailure(scope, {
        id: 'f2',
        deviceId,
        trigger: 'manual',
        errorCode: 'DEVICE_TIMEOUT',
        startedAt: at,
        failedAt: at,
      }),
    listFailures: (runs, scope) => runs.listFailures(scope),
  },
  schedules: {
    find: (schedules, scope) => schedules.find(scope, deviceId),
    put: (schedules, scope) =>
      schedules.put(scope, { deviceId, cronExpression: '9 9 * * *', enabled: false }),
    remove: (schedules, scope) => schedules.remove(scope, deviceId),
    setDue: (schedules, scope) => schedules.setDue(scope, deviceId, 42),
    findDue: (schedules, scope) => schedules.findDue(scope, deviceId),
    advance: (schedules, scope) => schedules.advance(scope, deviceId, { expectedDueAt: 7, nextDueAt: 8 }),
    claimDue: { crossesTenants: 'gives tenant, device and due time' },
  },
  locks: {
    acquire: (locks, scope) => locks.acquire(scope, deviceId, lockRequest),
    renew: (locks, scope, { lease }) => locks.renew(scope, lease, 99_000),
    release: (locks, scope, { lease }) => locks.release(scope, lease),
    holder: (locks, scope) => locks.holder(scope, deviceId),
  },
  journal: {
    open: (journal, scope) => journal.open(scope, samplePushRecord(), { ...entry, state: 'locked' }, 99),
    append: (journal, scope) =>
      journal.append(scope, operationId, { state: 'failed', entry, open: false }, 99),
    find: (journal, scope) => journal.find(scope, operationId),
    list: (journal, scope) => journal.list(scope, deviceId),
    listOpen: { crossesTenants: 'gives tenant, device, operation, state and time' },
  },
  wrappedKeys: {
    list: (keys, scope) => keys.list(scope, deviceId),
    listAll: (keys, scope) => keys.listAll(scope),
    addFirst: (keys, scope) => keys.addFirst(scope, wrappedKey),
    rewrap: (keys, scope) => keys.rewrap(scope, [wrappedKey]),
    destroy: (keys, scope) => keys.destroy(scope, null),
  },
  audit: {
    append: (audit, scope) => audit.append(scope, { action: 'backup.create', deviceId, at, facts: {} }),
    list: (audit, scope) => audit.list(scope),
  },
  settings: {
    find: (settings, scope) => settings.find(scope),
    put: (settings, scope) => settings.put(scope, { secrets: 'include' }),
  },
  tenants: {
    put: (tenants, scope) => tenants.put(scope, { name: 'strange' }),
    find: (tenants, scope) => tenants.find(scope),
    list: { crossesTenants: 'gives ids and names of tenants, for administrators of the installation' },
  },
  apiKeys: {
    add: (keys, scope) => keys.add(scope, { name: 'n', keyHash: 'another', scopes: [] }),
    list: (keys, scope) => keys.list(scope),
    revoke: (keys, scope, { apiKeyId }) => keys.revoke(scope, apiKeyId),
    findValid: { crossesTenants: 'who presents a key is in no tenant yet' },
  },
  idempotency: {
    begin: (store, scope) => store.begin(scope, { key: 'k', digest: 'other', keepMs: 1000 }),
    finish: (store, scope) => store.finish(scope, 'k', { status: 500, body: 'strange' }),
    abandon: (store, scope) => store.abandon(scope, 'k'),
    sweep: (store, scope) => store.sweep(scope),
  },
}

/** Where the port itself says that a stranger is told: ids of devices are unique in the installation. */
const toldByContract: readonly string[] = ['devices.put']

/**
 * For each method of each repository: a stranger who calls it with the ids of tenant A's things gets the very answer
 * that an empty database gives, and changes nothing of tenant A's.
 */
export function describeIsolation(name: string, open: OpenSqlCase): void {
  describe(`${name}: isolation of tenants`, () => {
    let opened: SqlCase
    let repositories: Repositories
    let seed: Seed

    beforeAll(async () => {
      opened = await open()
      repositories = { ...opened.database, credentials: opened.database.credentials(new InMemorySecretBox()) }
    })
    afterAll(() => opened.close())

    it('has a call for every method there is', () => {
      for (const [repositoryName, listed] of Object.entries(calls)) {
        const repository: object = repositories[repositoryName as keyof Repositories]
        const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(repository)).filter(
          (method) => method !== 'constructor',
        )
        expect(Object.keys(listed).sort()).toEqual(methods.sort())
      }
    })

    for (const [title, call] of everyCall()) {
      if (typeof call !== 'function') {
        it(`${title} takes no scope but one of the system (${call.crossesTenants})`, async () => {
          const [repositoryName, method] = title.split('.') as [keyof Repositories, string]
          const repository = repositories[repositoryName] as unknown as Record<
            string,
            (scope: unknown, request: object) => unknown
          >
          await expect(repository[method]?.(stranger, {})).rejects.toMatchObject({ code: 'SCOPE_INVALID' })
        })
        continue
      }
      it(`${title} tells and changes nothing of another tenant's`, async () => {
        await clear(opened)
        const inEmptyDatabase = await outcomeOf(() => call(repositories, stranger, seedOfNothing))
        await clear(opened)
        seed = await fill(repositories)
        const before = await rowsOf(opened, owner.tenantId)

        const seen = await outcomeOf(() => call(repositories, stranger, seed))

        if (!toldByContract.includes(title)) expect(seen).toEqual(inEmptyDatabase)
        expect(await rowsOf(opened, owner.tenantId)).toEqual(before)
      })

      it(`${title} refuses a scope that no guard has issued`, async () => {
        await clear(opened)

        await expect(call(repositories, forgedScope(owner.tenantId), seedOfNothing)).rejects.toMatchObject({
          code: 'SCOPE_INVALID',
        })
      })
    }
  })
}

const seedOfNothing: Seed = {
  lease: {
    tenantId: owner.tenantId,
    deviceId,
    holder: 'owner',
    purpose: 'push',
    fencingToken: 1,
    expiresAt: at,
  },
  apiKeyId: 'a0000000-0000-4000-8000-00000000000f',
}

function* everyCall(): Generator<[string, Call<Repositories> | { readonly crossesTenants: string }]> {
  for (const [repositoryName, methods] of Object.entries(calls)) {
    for (const [method, call] of Object.entries(
      methods as Record<string, Call<never> | { crossesTenants: string }>,
    )) {
      const title = `${repositoryName}.${method}`
      if (typeof call !== 'function') yield [title, call]
      else {
        yield [
          title,
          (repositories, scope, seed) =>
            call(repositories[repositoryName as keyof Repositories] as never, scope, seed),
        ]
      }
    }
  }
}

/** Writes something of tenant A's into every table. */
async function fill(repositories: Repositories, system: SystemScope = testSystemScope()): Promise<Seed> {
  const { devices, credentials, hostKeys, runs, schedules, locks, journal, wrappedKeys } = repositories
  await repositories.tenants.put(owner, { name: 'owner' })
  await repositories.settings.put(owner, { secrets: 'omit' })
  await devices.put(owner, { deviceId, name: 'edge', host: '192.0.2.1', port: 22 })
  await credentials.put(owner, deviceId, { username: 'backup', password: 'p' })
  await hostKeys.pinFirst(owner, { ...hostKey, fingerprint: 'SHA256:first' })
  await runs.insert(owner, sampleBackupRow(1))
  await runs.recordFailure(owner, {
    id: 'f1',
    deviceId,
    trigger: 'scheduled',
    errorCode: 'DEVICE_UNREACHABLE',
    startedAt: at,
    failedAt: at,
  })
  await schedules.put(owner, { deviceId, cronExpression: '1 1 * * *', enabled: true })
  await schedules.setDue(owner, deviceId, 7)
  const lease = await locks.acquire(owner, deviceId, { holder: 'owner', purpose: 'push', leaseMs: 600_000 })
  await journal.open(owner, samplePushRecord(), { ...entry, state: 'locked' }, 1)
  await wrappedKeys.addFirst(owner, { ...wrappedKey, wrappedBy: 'm1' })
  await repositories.audit.append(owner, { action: 'keys.rotate', deviceId: null, at, facts: {} })
  const key = await repositories.apiKeys.add(owner, { name: 'ci', keyHash: 'hash', scopes: [] })
  await repositories.idempotency.begin(owner, { key: 'k', digest: 'd', keepMs: 600_000 })
  expect(await devices.listTenants(system)).toEqual([owner.tenantId])
  if (lease === undefined) throw new Error('not acquired')
  return { lease, apiKeyId: key.id }
}

/** Answer or error, with what differs from run to run (times, new ids) made equal. */
async function outcomeOf(call: () => Promise<unknown>): Promise<unknown> {
  const outcome = await call().then(
    (value) => ({ value }),
    (error: unknown) => ({
      code: Reflect.get(error as object, 'code'),
      details: Reflect.get(error as object, 'details'),
    }),
  )
  const text = JSON.stringify(outcome, (key, value: unknown) => {
    if (key === 'id' && typeof value === 'string') return 'an id'
    return ['createdAt', 'expiresAt'].includes(key) && typeof value === 'number' ? 'a time' : value
  })
  return JSON.parse(text)
}

const tables: readonly string[] = [
  'tenants',
  'tenant_settings',
  'devices',
  'credentials',
  'host_keys',
  'backup_runs',
  'failed_runs',
  'schedules',
  'device_due',
  'device_locks',
  'push_operations',
  'push_timeline',
  'wrapped_keys',
  'audit_log',
  'api_keys',
  'idempotency_keys',
]

async function clear({ asOwner }: SqlCase): Promise<void> {
  for (const table of tables) await asOwner(`delete from ${table}`)
}

/** All rows of a tenant; a table without any would make the comparison worthless. */
async function rowsOf({ asOwner }: SqlCase, tenantId: string): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {}
  for (const table of tables) {
    const found = await asOwner(`select * from ${table} where tenant_id = ?`, [tenantId])
    expect(found, table).not.toEqual([])
    rows[table] = JSON.stringify(found)
  }
  return rows
}
