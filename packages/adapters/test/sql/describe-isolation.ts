import type { SystemScope } from '@tod/core'
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
import {
  at,
  type Call,
  calls,
  deviceId,
  entry,
  hostKey,
  type Repositories,
  type Seed,
  wrappedKey,
} from './isolation-calls.js'
import type { OpenSqlCase, SqlCase } from './sql-harness.js'

const owner = testScope(testIds.tenantA)
const stranger = testScope(testIds.tenantB)
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
