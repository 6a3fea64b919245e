import type { TenantScope } from '@tod/core'
import {
  forgedScope,
  InMemorySecretBox,
  sampleBackupRow,
  samplePushRecord,
  testIds,
  testScope,
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
/**
 * For each method of each repository: a stranger who calls it with the ids of tenant A's things gets the very answer
 * that an empty database gives; one who has things of its own under the same ids gets the answer that it gets alone;
 * and neither changes anything of tenant A's.
 */
export function describeIsolation(name: string, open: OpenSqlCase): void {
  describe(`${name}: isolation of tenants`, () => {
    let opened: SqlCase
    let repositories: Repositories

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
        const seed = await fill(repositories, owner)
        const before = await rowsOf(opened, owner.tenantId)

        const seen = await outcomeOf(() => call(repositories, stranger, seed))

        expect(seen).toEqual(inEmptyDatabase)
        expect(await rowsOf(opened, owner.tenantId)).toEqual(before)
      })

      it(`${title} keeps to its own where another tenant has the same ids`, async () => {
        await clear(opened)
        const ownAlone = await fill(repositories, stranger)
        const alone = await outcomeOf(() => call(repositories, stranger, ownAlone))
        await clear(opened)
        await fill(repositories, owner)
        const own = await fill(repositories, stranger)
        const before = await rowsOf(opened, owner.tenantId)

        const beside = await outcomeOf(() => call(repositories, stranger, own))

        expect(beside).toEqual(alone)
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

/** Writes something of a tenant's into every table, under the same ids for each tenant, marked as this one's. */
async function fill(repositories: Repositories, scope: TenantScope): Promise<Seed> {
  const { devices, credentials, hostKeys, runs, schedules, locks, journal, wrappedKeys } = repositories
  const mark = scope.tenantId === owner.tenantId ? 'first' : 'second'
  await repositories.tenants.put(scope, { name: mark })
  await repositories.settings.put(scope, { secrets: mark === 'first' ? 'omit' : 'include' })
  await devices.put(scope, { deviceId, name: mark, host: '192.0.2.1', port: 22 })
  await credentials.put(scope, deviceId, { username: mark, password: 'p' })
  await hostKeys.pinFirst(scope, { ...hostKey, fingerprint: mark })
  await runs.insert(scope, sampleBackupRow(1, { routerosVersion: mark }))
  await runs.recordFailure(scope, {
    id: 'f1',
    deviceId,
    trigger: mark === 'first' ? 'scheduled' : 'manual',
    errorCode: 'DEVICE_UNREACHABLE',
    startedAt: at,
    failedAt: at,
  })
  const cronExpression = mark === 'first' ? '1 1 * * *' : '2 2 * * *'
  await schedules.put(scope, { deviceId, cronExpression, enabled: true })
  await schedules.setDue(scope, deviceId, 7)
  const lease = await locks.acquire(scope, deviceId, { holder: mark, purpose: 'push', leaseMs: 600_000 })
  const record = samplePushRecord({ requestedBy: mark })
  await journal.open(scope, record, { ...entry, state: 'locked', message: mark }, 1)
  await wrappedKeys.addFirst(scope, { ...wrappedKey, wrappedBy: mark })
  await repositories.audit.append(scope, { action: 'keys.rotate', deviceId: null, at, facts: { mark } })
  const key = await repositories.apiKeys.add(scope, { name: mark, keyHash: mark, scopes: [] })
  await repositories.idempotency.begin(scope, { key: 'k', digest: mark, holdMs: 600_000 })
  await repositories.idempotency.finish(scope, 'k', { status: 200, body: mark, keepMs: 600_000 })
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
  await asOwner('begin')
  for (const table of tables) await asOwner(`delete from ${table}`)
  await asOwner('commit')
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
