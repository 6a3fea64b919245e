import { StorageConflictError, type TenantScope, type WrappedKey, type WrappedKeyStore } from '@tod/core'
import { removeFile } from './durable-file.js'
import { objectId } from './git-object.js'
import { formatKey, type KeyFile, type KeyFiles, keyPath, noKeyFiles, readKeyFiles } from './key-files.js'
import { type GitRootOptions, RepositoryPool } from './repository-pool.js'
import { keysRef } from './tenant-layout.js'
import type { TenantRepository } from './tenant-repository.js'
import { writeTree } from './write-tree.js'

/** Keys by the path of their file. */
type Keys = ReadonlyMap<string, WrappedKey>

/** What becomes of the keys; undefined leaves them as they are. */
type Change = (keys: Keys) => Keys | undefined

interface Waiting {
  readonly change: Change
  readonly done: (keys: Keys) => void
  readonly failed: (error: unknown) => void
}

/**
 * Wrapped keys under `refs/tod/keys` of a tenant's repository: one commit without parents, so that no history
 * keeps what was destroyed. With the master key, the repository alone is a full backup.
 *
 * Destroyed keys that native git or a compaction has packed stay in the pack until the next compaction.
 */
export class GitWrappedKeyStore implements WrappedKeyStore {
  readonly #pool: RepositoryPool
  readonly #waiting = new Map<string, Waiting[]>()
  /** What was last read or written, by tenant. */
  readonly #known = new Map<string, KeyFiles>()

  constructor(options: GitRootOptions) {
    this.#pool = new RepositoryPool(options)
  }

  /** See {@link WrappedKeyStore.list}. */
  async list(scope: TenantScope, deviceId: string | null): Promise<readonly WrappedKey[]> {
    return (await this.listAll(scope)).filter((key) => key.deviceId === deviceId)
  }

  /** See {@link WrappedKeyStore.listAll}. */
  async listAll(scope: TenantScope): Promise<readonly WrappedKey[]> {
    return await this.#pool.within(scope, async ({ repository }) => {
      if (!(await repository.exists())) return []
      const files = await this.#read(repository, scope.tenantId)
      return [...files.byPath.values()].map((file) => file.key).sort(compareKeys)
    })
  }

  /** See {@link WrappedKeyStore.addFirst}. */
  async addFirst(scope: TenantScope, key: WrappedKey): Promise<WrappedKey> {
    const path = keyPath(key.deviceId, key.version)
    const keys = await this.#change(scope, (stored) =>
      stored.has(path) ? undefined : new Map(stored).set(path, { ...key, wrapped: key.wrapped.slice() }),
    )
    return keys.get(path) ?? key
  }

  /** See {@link WrappedKeyStore.rewrap}. */
  async rewrap(scope: TenantScope, rewrapped: readonly WrappedKey[]): Promise<void> {
    await this.#change(scope, (stored) => {
      const keys = new Map(stored)
      for (const { deviceId, version, wrapped, wrappedBy } of rewrapped) {
        const path = keyPath(deviceId, version)
        const old = keys.get(path)
        if (old === undefined) throw new StorageConflictError({ store: 'wrapped keys' })
        keys.set(path, { ...old, wrapped, wrappedBy })
      }
      return keys
    })
  }

  /** See {@link WrappedKeyStore.destroy}. */
  async destroy(scope: TenantScope, deviceId: string | null): Promise<number> {
    let destroyed: WrappedKey[] = []
    await this.#change(scope, (stored) => {
      destroyed = [...stored.values()].filter((key) => deviceId === null || key.deviceId === deviceId)
      if (destroyed.length === 0) return undefined
      return new Map([...stored].filter(([, key]) => !destroyed.includes(key)))
    })
    await this.#pool.within(scope, async ({ repository }) => {
      for (const key of destroyed) {
        await removeFile(repository.fs, repository.objects.loose.pathOf(objectId('blob', formatKey(key))))
      }
    })
    return destroyed.length
  }

  /** Lets go of open files. */
  async close(): Promise<void> {
    await this.#pool.close()
  }

  /** Puts a change in line. All changes that wait when a commit is written go into it together. */
  async #change(scope: TenantScope, change: Change): Promise<Keys> {
    return await this.#pool.within(scope, async ({ repository }) => {
      const line = this.#waiting.get(scope.tenantId)
      return await new Promise<Keys>((done, failed) => {
        if (line !== undefined) {
          line.push({ change, done, failed })
          return
        }
        this.#waiting.set(scope.tenantId, [{ change, done, failed }])
        void this.#work(repository, scope.tenantId)
      })
    })
  }

  async #work(repository: TenantRepository, tenantId: string): Promise<void> {
    for (;;) {
      const batch = this.#waiting.get(tenantId) ?? []
      if (batch.length === 0) {
        this.#waiting.delete(tenantId)
        return
      }
      this.#waiting.set(tenantId, [])
      try {
        const refused = new Map<Waiting, unknown>()
        const keys = await this.#commit(repository, tenantId, (stored) => applyAll(stored, batch, refused))
        for (const item of batch) {
          if (refused.has(item)) item.failed(refused.get(item))
          else item.done(keys)
        }
      } catch (error) {
        for (const item of batch) item.failed(error)
      }
    }
  }

  async #commit(
    repository: TenantRepository,
    tenantId: string,
    change: (stored: Keys) => Keys,
  ): Promise<Keys> {
    await repository.ensure()
    for (;;) {
      const before = await this.#read(repository, tenantId)
      const stored = new Map([...before.byPath].map(([path, file]) => [path, file.key]))
      const keys = change(stored)
      if (keys === stored) return keys
      const { files, commitSha } = await writeKeys(repository, keys, before)
      if (!(await repository.refs.compareAndSwap(keysRef, before.commitSha, commitSha))) continue
      this.#known.set(tenantId, files)
      await removeSuperseded(repository, before, files)
      return keys
    }
  }

  async #read(repository: TenantRepository, tenantId: string): Promise<KeyFiles> {
    for (;;) {
      const head = await repository.refs.resolve(keysRef)
      try {
        const files = await readKeyFiles(repository, head, this.#known.get(tenantId) ?? noKeyFiles)
        this.#known.set(tenantId, files)
        return files
      } catch (error) {
        // Another process has put new keys in the place of those that were being read, and removed them.
        if ((await repository.refs.resolve(keysRef)) === head) throw error
      }
    }
  }
}

/** Removes commit and trees that the ref has just left: nothing else leads to them. */
async function removeSuperseded(
  repository: TenantRepository,
  before: KeyFiles,
  after: KeyFiles,
): Promise<void> {
  const oids = [...before.trees].filter((tree) => !after.trees.has(tree))
  if (before.commitSha !== undefined && before.commitSha !== after.commitSha) oids.push(before.commitSha)
  for (const oid of oids) await removeFile(repository.fs, repository.objects.loose.pathOf(oid))
}

function applyAll(stored: Keys, batch: readonly Waiting[], refused: Map<Waiting, unknown>): Keys {
  let keys = stored
  refused.clear()
  for (const item of batch) {
    try {
      keys = item.change(keys) ?? keys
    } catch (error) {
      refused.set(item, error)
    }
  }
  return keys
}

/** Writes keys as a commit without parents. Files and trees that are there are not written again. */
async function writeKeys(
  repository: TenantRepository,
  keys: Keys,
  before: KeyFiles,
): Promise<{ readonly files: KeyFiles; readonly commitSha: string }> {
  const byPath = new Map<string, KeyFile>()
  for (const [path, key] of keys) {
    const same = before.byPath.get(path)
    if (same?.key === key) byPath.set(path, same)
    else byPath.set(path, { key, oid: (await repository.objects.write('blob', formatKey(key))).oid })
  }
  const oids = new Map([...byPath].map(([path, { oid }]) => [path, oid]))
  const { root, trees } = await writeTree(repository.objects, oids, before.trees)
  const when = `tod <tod@localhost> ${Math.floor(Date.now() / 1000)} +0000`
  const text = `tree ${root}\nauthor ${when}\ncommitter ${when}\n\nwrapped keys\n`
  const { oid: commitSha } = await repository.objects.write('commit', Buffer.from(text))
  return { files: { commitSha, byPath, trees }, commitSha }
}

/** The tenant's own keys first, then by device, versions ascending. */
function compareKeys(a: WrappedKey, b: WrappedKey): number {
  const [first, second] = [a.deviceId ?? '', b.deviceId ?? '']
  return first < second ? -1 : first > second ? 1 : a.version - b.version
}
