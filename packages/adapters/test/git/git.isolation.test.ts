import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GitRepositoryMaintenance, GitWrappedKeyStore, IsomorphicGitStore } from '@tod/adapters/git'
import type { TenantScope } from '@tod/core'
import { forgedScope, testIds, testScope } from '@tod/core/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newRevision, openTemporaryRepositories } from './temporary-repositories.js'

const owner = testScope(testIds.tenantA)
const deviceId = testIds.device1
const key = { deviceId, version: 1, wrappedBy: 'm', wrapped: Uint8Array.of(1, 2, 3), createdAt: 5 }

type Stores = {
  readonly git: IsomorphicGitStore
  readonly maintenance: GitRepositoryMaintenance
  readonly wrappedKeys: GitWrappedKeyStore
}
/** One call of a method with the ids of the owner's things, in whatever scope. */
type Call<Store> = (store: Store, scope: TenantScope, commitSha: string) => Promise<unknown>

/** A call for each method of each store: a method that is missing here fails to compile. */
const calls: {
  readonly [Name in keyof Stores]: {
    readonly [Method in Exclude<keyof Stores[Name], 'close'>]: Call<Stores[Name]>
  }
} = {
  git: {
    record: (git, scope) => git.record(scope, newRevision('by a stranger', null)),
    read: (git, scope, commitSha) => git.read(scope, { deviceId, commitSha, file: 'export.rsc' }),
    head: (git, scope) => git.head(scope, deviceId),
    history: (git, scope) => git.history(scope, { deviceId }),
    resolve: (git, scope, commitSha) => git.resolve(scope, { deviceId, prefix: commitSha.slice(0, 8) }),
    listDevices: (git, scope) => git.listDevices(scope),
  },
  maintenance: {
    retain: (maintenance, scope, commitSha) =>
      maintenance.retain(scope, new Map([[deviceId, new Set([commitSha])]])),
    compact: (maintenance, scope) => maintenance.compact(scope, { spareMs: 0 }),
    verify: (maintenance, scope) => maintenance.verify(scope),
    stats: (maintenance, scope) => maintenance.stats(scope),
  },
  wrappedKeys: {
    list: (keys, scope) => keys.list(scope, deviceId),
    listAll: (keys, scope) => keys.listAll(scope),
    addFirst: (keys, scope) => keys.addFirst(scope, { ...key, wrappedBy: 'a stranger' }),
    rewrap: (keys, scope) => keys.rewrap(scope, [key]),
    destroy: (keys, scope) => keys.destroy(scope, deviceId),
  },
}
const everyCall = Object.entries(calls).flatMap(([store, methods]) =>
  Object.entries(methods).map(([method, call]) => ({
    title: `${store}.${method}`,
    run: (stores: Stores, scope: TenantScope, commitSha: string) =>
      (call as Call<never>)(stores[store as keyof Stores] as never, scope, commitSha),
  })),
)

/** Tenants whose names would lead into the owner's repository, or out of the folder, if they were taken as paths. */
const hostile = [
  `../repositories/${owner.tenantId}`,
  `${owner.tenantId}.git/../${owner.tenantId}`,
  `./${owner.tenantId}`,
  `${owner.tenantId}/`,
  `${owner.tenantId}.git\0`,
  '..',
  '',
]

describe('repositories of tenants', () => {
  let opened: Awaited<ReturnType<typeof openTemporaryRepositories>>
  let stores: Stores
  let commitSha: string

  beforeEach(async () => {
    opened = await openTemporaryRepositories()
    const { root } = opened
    stores = {
      git: opened.store,
      maintenance: opened.maintenance,
      wrappedKeys: new GitWrappedKeyStore({ root }),
    }
  })
  afterEach(async () => {
    await stores.wrappedKeys.close()
    await opened.close()
  })

  async function fill(): Promise<void> {
    await stores.wrappedKeys.addFirst(owner, key)
    commitSha = await opened.record('first')
    await opened.record('second')
  }

  /** Answer or code of the error. */
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      (value) => ({ value }),
      (error: { code?: string; details?: unknown }) => ({ code: error.code, details: error.details }),
    )

  /** Digest of every file below the folder, by path. */
  async function filesBelow(folder: string): Promise<Record<string, string>> {
    const digests: Record<string, string> = {}
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      digests[path] = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
    }
    return digests
  }

  it.each(everyCall)('$title tells and changes nothing of another tenant’s', async ({ run }) => {
    await fill()
    const stranger = testScope(testIds.tenantB)
    await rm(opened.gitDirectory, { recursive: true })
    const inEmptyFolder = await outcomeOf(run(stores, stranger, commitSha))
    await rm(join(opened.root, `${testIds.tenantB}.git`), { recursive: true, force: true })
    await fill()
    const before = await filesBelow(opened.gitDirectory)

    const other = {
      git: new IsomorphicGitStore({ root: opened.root }),
      maintenance: new GitRepositoryMaintenance({ root: opened.root }),
      wrappedKeys: new GitWrappedKeyStore({ root: opened.root }),
    }
    expect(await outcomeOf(run(other, stranger, commitSha))).toEqual(inEmptyFolder)
    expect(await filesBelow(opened.gitDirectory)).toEqual(before)
  })

  it.each(everyCall)('$title refuses a scope that no guard has issued', async ({ run }) => {
    await fill()
    const before = await filesBelow(opened.root)

    await expect(run(stores, forgedScope(owner.tenantId), commitSha)).rejects.toMatchObject({
      code: 'SCOPE_INVALID',
    })
    expect(await filesBelow(opened.root)).toEqual(before)
  })

  it.each(everyCall)('$title takes no tenant’s name for a path', async ({ run }) => {
    await fill()
    const before = await filesBelow(opened.root)

    for (const tenantId of hostile) {
      await expect(run(stores, testScope(tenantId), commitSha), tenantId).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      })
    }
    expect(await filesBelow(opened.root)).toEqual(before)
  })
})
