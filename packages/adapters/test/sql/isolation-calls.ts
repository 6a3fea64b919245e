import type { Lease, TenantScope } from '@tod/core'
import { sampleBackupRow, samplePushRecord, testIds } from '@tod/core/testing'
import type { OpenedDatabase } from '../../src/sqlite/index.js'

/** Of tenant A. */
export const deviceId = testIds.device1
const commitSha = sampleBackupRow(1).commitSha
const operationId = samplePushRecord().operationId
/** Of tenant A. */
export const at = 1_767_600_000_000

/** Every repository, credentials included. */
export type Repositories = Omit<OpenedDatabase, 'check' | 'close' | 'credentials'> & {
  readonly credentials: ReturnType<OpenedDatabase['credentials']>
}

/** One call of a method with the ids of tenant A's things, in whatever scope. */
export type Call<Repository> = (repository: Repository, scope: TenantScope, seed: Seed) => Promise<unknown>

/** A call for each method of each repository: a method that is missing here fails to compile. */
type Calls = {
  readonly [Name in keyof Repositories]: {
    readonly [Method in keyof Repositories[Name]]:
      | Call<Repositories[Name]>
      | { readonly crossesTenants: string }
  }
}

/** What tenant A has, as far as its ids are made by the database. */
export interface Seed {
  readonly lease: Lease
  readonly apiKeyId: string
}

/** Of tenant A. */
export const hostKey = {
  deviceId,
  algorithm: 'ssh-rsa',
  fingerprint: 'SHA256:other',
  pinnedAt: 5,
  pinnedBy: 'x',
}
/** Of tenant A. */
export const wrappedKey = { deviceId, version: 1, wrappedBy: 'm2', wrapped: Uint8Array.of(9), createdAt: 5 }
/** Of tenant A. */
export const entry = { state: 'failed', at, message: 'm' } as const
const lockRequest = { holder: 'stranger', purpose: 'push', leaseMs: 1000 } as const

/** The calls. */
export const calls: Calls = {
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
    remove: (tenants, scope) => tenants.remove(scope),
    list: { crossesTenants: 'gives ids and names of tenants, for administrators of the installation' },
  },
  apiKeys: {
    add: (keys, scope) => keys.add(scope, { name: 'n', keyHash: 'another', scopes: [] }),
    list: (keys, scope) => keys.list(scope),
    revoke: (keys, scope, { apiKeyId }) => keys.revoke(scope, apiKeyId),
    findValid: { crossesTenants: 'who presents a key is in no tenant yet' },
  },
  idempotency: {
    begin: (store, scope) => store.begin(scope, { key: 'k', digest: 'other', holdMs: 1000 }),
    finish: (store, scope) => store.finish(scope, 'k', { status: 500, body: 'strange', keepMs: 1000 }),
    abandon: (store, scope) => store.abandon(scope, 'k'),
    sweep: (store, scope) => store.sweep(scope),
  },
}
