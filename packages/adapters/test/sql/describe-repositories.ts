import type { CredentialStore } from '@tod/core'
import {
  describeAuditLogContract,
  describeCredentialStoreContract,
  describeDeviceDirectoryContract,
  describeDeviceLockContract,
  describeHostKeyStoreContract,
  describePushJournalContract,
  describeRunRepositoryContract,
  describeScheduleRepositoryContract,
  describeTenantSettingsStoreContract,
  describeWrappedKeyStoreContract,
  expectCode,
  forgedScope,
  InMemorySecretBox,
  testIds,
  testScope,
  testSystemScope,
} from '@tod/core/testing'
import { describe, expect, it } from 'vitest'
import type { OpenedDatabase } from '../../src/sqlite/index.js'
import type { OpenSqlCase, SqlCase } from './sql-harness.js'

const scope = testScope()
const other = testScope(testIds.tenantB)

/** Runs the contract suites of core over the repositories of one database, and those of our own repositories. */
export function describeRepositories(name: string, open: OpenSqlCase): void {
  const port =
    <Port>(choose: (database: OpenedDatabase) => Port) =>
    async () => {
      const opened = await open()
      return { port: choose(opened.database), close: () => opened.close() }
    }

  describeAuditLogContract(
    name,
    port((database) => database.audit),
  )
  describeCredentialStoreContract(
    name,
    port((database) => database.credentials(new InMemorySecretBox())),
  )
  describeDeviceDirectoryContract(
    name,
    port((database) => database.devices),
  )
  describeHostKeyStoreContract(
    name,
    port((database) => database.hostKeys),
  )
  describePushJournalContract(
    name,
    port((database) => database.journal),
  )
  describeRunRepositoryContract(
    name,
    port((database) => database.runs),
  )
  describeScheduleRepositoryContract(
    name,
    port((database) => database.schedules),
  )
  describeTenantSettingsStoreContract(
    name,
    port((database) => database.settings),
  )
  describeWrappedKeyStoreContract(
    name,
    port((database) => database.wrappedKeys),
  )
  describeDeviceLockContract(name, async () => {
    const opened = await open()
    return {
      port: opened.database.locks,
      async expireLease(holderScope, deviceId) {
        await opened.asOwner('update device_locks set expires_at = 1 where tenant_id = ? and device_id = ?', [
          holderScope.tenantId,
          deviceId,
        ])
      },
      close: () => opened.close(),
    }
  })
  describeOwnRepositories(name, open)
}

function describeOwnRepositories(name: string, open: OpenSqlCase): void {
  const cases = (title: string, list: Record<string, (opened: SqlCase) => Promise<void>>): void => {
    describe(`${name}: ${title}`, () => {
      for (const [sentence, check] of Object.entries(list)) {
        it(sentence, async () => {
          const opened = await open()
          try {
            await check(opened)
          } finally {
            await opened.close()
          }
        })
      }
    })
  }

  cases('TenantRepository', {
    'adds, renames, finds and lists tenants': async ({ database: { tenants } }) => {
      await tenants.put(scope, { name: 'first' })
      await tenants.put(other, { name: 'second' })
      const renamed = await tenants.put(scope, { name: 'renamed' })

      expect(renamed.createdAt).toBeGreaterThan(Date.UTC(2020, 0))
      expect(await tenants.find(scope)).toEqual(renamed)
      expect((await tenants.list(testSystemScope())).map((tenant) => tenant.name)).toEqual([
        'renamed',
        'second',
      ])
    },
    'lists a tenant that was never added but has devices, without a name': async ({ database }) => {
      await database.devices.put(scope, { deviceId: 'd', name: 'n', host: 'h', port: 22 })

      expect(await database.tenants.list(testSystemScope())).toMatchObject([
        { tenantId: scope.tenantId, name: null },
      ])
      await database.tenants.put(scope, { name: 'named now' })
      await database.devices.put(scope, { deviceId: 'e', name: 'n', host: 'h', port: 22 })
      expect((await database.tenants.find(scope))?.name).toBe('named now')
    },
    'removes a tenant once it has no device, and its keys are refused from then on': async ({ database }) => {
      const { tenants, devices, apiKeys } = database
      await tenants.put(scope, { name: 'first' })
      await tenants.put(other, { name: 'second' })
      await devices.put(scope, { deviceId: 'd', name: 'n', host: 'h', port: 22 })
      await apiKeys.add(scope, { name: 'ci', keyHash: 'aa', scopes: [] })

      expect(await tenants.remove(scope)).toBe('has-devices')
      expect(await apiKeys.findValid(testSystemScope(), 'aa')).toBeDefined()
      await devices.remove(scope, 'd')
      expect(await tenants.remove(scope)).toBe('removed')

      expect(await tenants.remove(scope)).toBe('not-there')
      expect(await apiKeys.findValid(testSystemScope(), 'aa')).toBeUndefined()
      expect((await tenants.list(testSystemScope())).map((tenant) => tenant.name)).toEqual(['second'])
    },
    'refuses a scope that no guard has issued': async ({ database: { tenants } }) => {
      await expectCode(tenants.remove(forgedScope()), 'SCOPE_INVALID')
      await expectCode(tenants.put(forgedScope(), { name: 'x' }), 'SCOPE_INVALID')
      await expectCode(tenants.find(forgedScope()), 'SCOPE_INVALID')
      await expectCode(tenants.list(forgedScope() as never), 'SCOPE_INVALID')
    },
  })

  cases('ApiKeyRepository', {
    'finds a valid key by its hash alone': async ({ database: { apiKeys } }) => {
      const key = await apiKeys.add(scope, { name: 'ci', keyHash: 'aa', scopes: ['config:read'] })

      expect(await apiKeys.findValid(testSystemScope(), 'aa')).toEqual(key)
      expect(key).toMatchObject({
        tenantId: scope.tenantId,
        scopes: ['config:read'],
        expiresAt: null,
        revokedAt: null,
      })
      expect(await apiKeys.findValid(testSystemScope(), 'bb')).toBeUndefined()
    },
    'does not find a key that is revoked or has run out': async ({ database: { apiKeys } }) => {
      const key = await apiKeys.add(scope, { name: 'revoked', keyHash: 'aa', scopes: [] })
      await apiKeys.add(scope, { name: 'over', keyHash: 'bb', scopes: [], expiresAt: Date.UTC(2020, 0) })
      await apiKeys.add(scope, { name: 'later', keyHash: 'cc', scopes: [], expiresAt: Date.UTC(2100, 0) })

      expect(await apiKeys.revoke(other, key.id)).toBe(false)
      expect(await apiKeys.revoke(scope, key.id)).toBe(true)
      expect(await apiKeys.revoke(scope, key.id)).toBe(false)

      const system = testSystemScope()
      expect(await apiKeys.findValid(system, 'aa')).toBeUndefined()
      expect(await apiKeys.findValid(system, 'bb')).toBeUndefined()
      expect((await apiKeys.findValid(system, 'cc'))?.name).toBe('later')
      expect((await apiKeys.list(scope)).map((listed) => listed.name).sort()).toEqual([
        'later',
        'over',
        'revoked',
      ])
      expect(await apiKeys.list(other)).toEqual([])
    },
    'refuses a second key of the same hash, in whatever tenant': async ({ database: { apiKeys } }) => {
      await apiKeys.add(scope, { name: 'one', keyHash: 'aa', scopes: [] })

      await expectCode(apiKeys.add(other, { name: 'two', keyHash: 'aa', scopes: [] }), 'STORAGE_CONFLICT')
    },
  })

  cases('IdempotencyStore', {
    'lets the first through and gives its answer to the others': async ({ database: { idempotency } }) => {
      const request = { key: 'k', digest: 'd', holdMs: 60_000 }

      expect(await idempotency.begin(scope, request)).toEqual({ verdict: 'first' })
      expect(await idempotency.begin(scope, request)).toEqual({ verdict: 'in-progress' })
      const answer = { status: 201, headers: { Location: '/1' }, body: { id: 1 } }
      await idempotency.finish(scope, 'k', { ...answer, keepMs: 60_000 })
      expect(await idempotency.begin(scope, request)).toEqual({ verdict: 'again', answer })
      expect(await idempotency.begin(scope, { ...request, digest: 'e' })).toEqual({
        verdict: 'other-request',
      })
      expect(await idempotency.begin(other, request)).toEqual({ verdict: 'first' })
    },
    'holds a key for its time only while it is not done, and keeps the answer for its own': async ({
      database: { idempotency },
    }) => {
      const request = { key: 'k', digest: 'd' }
      await idempotency.begin(scope, { ...request, holdMs: -1 })
      expect(await idempotency.begin(scope, { ...request, holdMs: -1 })).toEqual({ verdict: 'first' })
      await idempotency.finish(scope, 'k', { status: 200, body: 1, keepMs: 60_000 })

      expect(await idempotency.begin(scope, { ...request, holdMs: 60_000 })).toMatchObject({
        verdict: 'again',
      })
    },
    'lets one of many through that come at once': async ({ database: { idempotency } }) => {
      const verdicts = await Promise.all(
        Array.from({ length: 8 }, () => idempotency.begin(scope, { key: 'k', digest: 'd', holdMs: 60_000 })),
      )

      expect(verdicts.filter(({ verdict }) => verdict === 'first')).toHaveLength(1)
    },
    'keeps equal keys of two tenants apart': async ({ database: { idempotency } }) => {
      const request = { key: 'k', digest: 'd', holdMs: 60_000 }
      await idempotency.begin(scope, request)
      await idempotency.finish(scope, 'k', { status: 201, body: 'of the first tenant', keepMs: 60_000 })
      await idempotency.begin(other, request)

      expect(await idempotency.begin(other, request)).toEqual({ verdict: 'in-progress' })
    },
    'starts over after the request came to nothing or its time is over': async ({
      database: { idempotency },
      asOwner,
    }) => {
      const request = { key: 'k', digest: 'd', holdMs: 60_000 }
      await idempotency.begin(scope, request)
      await idempotency.abandon(scope, 'k')
      expect(await idempotency.begin(scope, request)).toEqual({ verdict: 'first' })
      await asOwner('update idempotency_keys set expires_at = 1')
      expect(await idempotency.begin(scope, { ...request, digest: 'e' })).toEqual({ verdict: 'first' })
      await asOwner('update idempotency_keys set expires_at = 1')
      expect(await idempotency.sweep(other)).toBe(0)
      expect(await idempotency.sweep(scope)).toBe(1)
    },
  })

  cases('devices and what belongs to them', {
    'forgets credentials, host key, schedule and due time with the device': async ({ database }) => {
      const credentials = database.credentials(new InMemorySecretBox())
      const device = { deviceId: testIds.device1, name: 'n', host: 'h', port: 22 }
      const belongings = async (of: typeof scope, store: CredentialStore = credentials) => [
        await store.find(of, device.deviceId),
        await database.hostKeys.find(of, device.deviceId),
        await database.schedules.find(of, device.deviceId),
        await database.schedules.findDue(of, device.deviceId),
      ]
      await database.devices.put(scope, device)
      for (const owner of [scope, other]) {
        await credentials.put(owner, device.deviceId, { username: 'u', password: 'p' })
        await database.hostKeys.pinFirst(owner, {
          deviceId: device.deviceId,
          algorithm: 'ssh-ed25519',
          fingerprint: 'SHA256:x',
          pinnedAt: 1,
          pinnedBy: 'first-use',
        })
        await database.schedules.put(owner, {
          deviceId: device.deviceId,
          cronExpression: '0 1 * * *',
          enabled: true,
        })
        await database.schedules.setDue(owner, device.deviceId, 1)
      }

      await database.devices.remove(scope, device.deviceId)

      expect(await belongings(scope)).toEqual([undefined, undefined, undefined, undefined])
      expect((await belongings(other)).filter((found) => found === undefined)).toEqual([])
    },
    'keeps the mark for legacy algorithms': async ({ database: { devices } }) => {
      const device = { deviceId: 'd', name: 'n', host: 'h', port: 22, legacyAlgorithms: true }

      await devices.put(scope, device)

      expect(await devices.find(scope, 'd')).toEqual({ ...device, tenantId: scope.tenantId })
    },
    'keeps no readable credentials': async ({ database, asOwner }) => {
      const box = new InMemorySecretBox()
      await database.credentials(box).put(scope, 'd', { username: 'backup', password: 'correct horse' })

      const [row] = await asOwner('select sealed from credentials')

      expect(Buffer.from(row?.sealed as Uint8Array).toString('latin1')).not.toContain('correct horse')
    },
  })

  cases('times with fractions of a millisecond', {
    'are kept as whole ones': async ({ database: { schedules, audit } }) => {
      await schedules.setDue(scope, 'd', 1000.7)
      await audit.append(scope, { action: 'backup.create', deviceId: 'd', at: 1000.7, facts: {} })

      expect(await schedules.findDue(scope, 'd')).toBe(1000)
      expect(
        await schedules.claimDue(testSystemScope(), { now: 1000.9, limit: 1, claimMs: 0.5 }),
      ).toHaveLength(1)
      expect(await schedules.advance(scope, 'd', { expectedDueAt: 1000.7, nextDueAt: 2000.2 })).toBe(true)
      expect((await audit.list(scope))[0]?.at).toBe(1000)
    },
  })

  cases('fencing', {
    'goes on ascending after the device was removed and added again': async ({
      database: { locks, devices },
    }) => {
      const device = { deviceId: testIds.device1, name: 'n', host: 'h', port: 22 }
      const request = { holder: 'a', purpose: 'push', leaseMs: 1000 } as const
      await devices.put(scope, device)
      const before = await locks.acquire(scope, device.deviceId, request)
      if (before) await locks.release(scope, before)
      await devices.remove(scope, device.deviceId)
      await devices.put(scope, device)

      const after = await locks.acquire(scope, device.deviceId, request)

      expect(after?.fencingToken).toBeGreaterThan(before?.fencingToken ?? Number.NaN)
    },
  })
}
